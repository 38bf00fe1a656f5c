package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.id.RunId;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known when a run is due.
 *
 * @param decided whether this very run was decided on before: then nothing more is said
 * @param halted a halt that covers the run
 * @param going a run of the same experiment on the same cluster that has not ended
 */
public record Standing(boolean decided, Optional<Halt> halted, Optional<RunId> going) {

  public Standing {
    Objects.requireNonNull(halted, "halted");
    Objects.requireNonNull(going, "going");
  }
}
