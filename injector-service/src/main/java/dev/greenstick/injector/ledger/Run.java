package dev.greenstick.injector.ledger;

import java.time.Instant;
import java.util.Objects;

/**
 * One run of a container, which a restart replaces by another one.
 *
 * @param container the container's name
 * @param id the runtime's id of this run
 * @param since when it began, in whole seconds as its node has it
 * @param sharesProcesses whether the pod's containers see each other's processes
 */
public record Run(String container, String id, Instant since, boolean sharesProcesses) {

  public Run {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(since, "since");
  }
}
