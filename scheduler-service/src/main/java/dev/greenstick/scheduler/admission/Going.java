package dev.greenstick.scheduler.admission;

import dev.greenstick.contracts.RunRef;
import java.util.Objects;
import java.util.Set;

/**
 * A run that was admitted and has not ended.
 *
 * @param run the run
 * @param namespaces those that its faults may touch, on its cluster
 */
public record Going(RunRef run, Set<String> namespaces) {

  public Going {
    Objects.requireNonNull(run, "run");
    namespaces = Set.copyOf(namespaces);
  }
}
