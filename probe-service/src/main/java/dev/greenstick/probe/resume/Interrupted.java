package dev.greenstick.probe.resume;

import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run whose probes started and did not finish, because their process ended.
 *
 * @param command what started them
 * @param startedAt the first intended instant, as it was emitted
 * @param stoppedAt when they were to stop; empty where nothing says so
 * @param learned what probes had learned in the baseline
 */
public record Interrupted(
    ProbeStart command,
    Instant startedAt,
    Optional<Instant> stoppedAt,
    Map<ProbeName, ExpectationsLearned> learned) {

  public Interrupted {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(stoppedAt, "stoppedAt");
    learned = Map.copyOf(learned);
  }

  /** How many windows there are once it is stopped; empty where nothing says that it is. */
  public OptionalInt windowsWhenStopped() {
    return stoppedAt
        .map(stop -> Windows.indexAt(Duration.between(startedAt, stop).toNanos()) + 1)
        .map(begun -> OptionalInt.of(Math.max(0, begun)))
        .orElse(OptionalInt.empty());
  }

  /** Says that it is over; the windows that are missing stay missing. */
  public ProbeFinished closed(int windows, ProbeFinished.Cause cause) {
    Map<ProbeName, Integer> counts = new HashMap<>();
    command.probes().forEach(probe -> counts.put(probe.name(), windows));
    return new ProbeFinished(command.run(), startedAt.plusSeconds(windows), counts, cause);
  }
}
