package dev.greenstick.injector.ledger;

import dev.greenstick.contracts.PodRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What is going to be done, fixed before the first pod is touched.
 *
 * @param victims the chosen pods; at least one
 * @param candidates how many pods the selector matched
 * @param startedAt when injecting began
 * @param revertBy the fault's own deadline
 */
public record Plan(List<Victim> victims, int candidates, Instant startedAt, Instant revertBy) {

  public Plan {
    victims = List.copyOf(victims);
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(revertBy, "revertBy");
  }

  /** The chosen pods. */
  public List<PodRef> pods() {
    return victims.stream().map(Victim::pod).toList();
  }

  /** The victims among these pods. */
  public List<Victim> victimsIn(List<PodRef> pods) {
    return victims.stream().filter(victim -> pods.contains(victim.pod())).toList();
  }
}
