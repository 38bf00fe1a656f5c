package dev.greenstick.contracts.health;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ProbeName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The probes of a run ask from now on. Window i of each of them is the second that begins i seconds
 * after {@code startedAt}.
 *
 * @param run the run
 * @param startedAt the first intended instant
 * @param probes the probes
 */
@EventType("dev.greenstick.probe.started.v1")
public record ProbeStarted(RunRef run, Instant startedAt, List<ProbeName> probes)
    implements HealthEvent {

  public ProbeStarted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(startedAt, "startedAt");
    probes = List.copyOf(probes);
  }

  @Override
  public String identity() {
    return "";
  }
}
