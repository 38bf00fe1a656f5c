package dev.greenstick.contracts.health;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import java.util.List;
import java.util.Objects;

/**
 * The probes of a run were not started.
 *
 * @param run the run
 * @param problems every reason at once; at least one
 */
@EventType("dev.greenstick.probe.refused.v1")
public record ProbeRefused(RunRef run, List<Problem> problems) implements HealthEvent {

  public ProbeRefused {
    Objects.requireNonNull(run, "run");
    problems = List.copyOf(problems);
  }

  @Override
  public String identity() {
    return "";
  }
}
