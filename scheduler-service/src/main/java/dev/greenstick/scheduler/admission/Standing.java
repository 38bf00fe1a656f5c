package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.id.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known when a run is due.
 *
 * @param decided whether this very run was decided on before: then nothing more is said
 * @param halted a halt that covers the run
 * @param going a run of the same experiment on the same cluster that has not ended
 * @param everywhere every run that goes on, wherever it does
 * @param agents every agent of the run's cluster that was heard of
 * @param listeningSince since when this instance hears agents: what was not heard before says
 *     nothing
 */
public record Standing(
    boolean decided,
    Optional<Halt> halted,
    Optional<RunId> going,
    List<Going> everywhere,
    List<Agent> agents,
    Instant listeningSince) {

  public Standing {
    Objects.requireNonNull(halted, "halted");
    Objects.requireNonNull(going, "going");
    everywhere = List.copyOf(everywhere);
    agents = List.copyOf(agents);
    Objects.requireNonNull(listeningSince, "listeningSince");
  }
}
