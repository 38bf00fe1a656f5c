package dev.greenstick.verdict.history;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Whether an event that has the right form can be true. One that cannot is no evidence: taken as
 * such it would spoil sums, or make a judge count to a billion.
 */
public final class Plausible {

  /** More windows than a probe can have: eleven days. */
  public static final int MOST_WINDOWS = 1_000_000;

  /** More predictions than can be due in a second. */
  private static final long MOST_ANSWERS = 1_000_000_000L;

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Plausible() {}

  /** What cannot be true of an event, in one phrase. */
  public static Optional<String> objection(RunData data, Instant time) {
    return instant("time", time)
        .or(
            () ->
                switch (data) {
                  case HealthWindow window -> window(window);
                  case ProbeStarted started -> instant("startedAt", started.startedAt());
                  case ProbeFinished finished ->
                      instant("finishedAt", finished.finishedAt()).or(() -> counts(finished));
                  case PodHealth pod -> instant("at", pod.at());
                  case AlertObserved alert ->
                      instant("firedAt", alert.firedAt())
                          .or(() -> maybe("resolvedAt", alert.resolvedAt()))
                          .or(() -> maybe("acknowledgedAt", alert.acknowledgedAt()));
                  case FaultInjected injected -> instant("startedAt", injected.startedAt());
                  case FaultReverted reverted -> instant("revertedAt", reverted.revertedAt());
                  case FaultFailed failed -> instant("failedAt", failed.failedAt());
                  case RunHalted halted -> instant("haltedAt", halted.haltedAt());
                  case RunSkipped skipped -> instant("scheduledFor", skipped.scheduledFor());
                  case RunPlanned planned ->
                      instant("scheduledFor", planned.scheduledFor())
                          .or(() -> baseline(planned.experiment().spec().baseline()));
                  default -> Optional.empty();
                });
  }

  private static Optional<String> window(HealthWindow window) {
    if (window.index() < 0 || window.index() >= MOST_WINDOWS) {
      return Optional.of(
          "index must be between 0 and " + (MOST_WINDOWS - 1) + ", but is " + window.index());
    }
    Answers answers = window.answers();
    boolean counted =
        LongStream.of(
                answers.ok(),
                answers.wrong(),
                answers.malformed(),
                answers.refused(),
                answers.timedOut(),
                answers.serverError(),
                answers.clientError())
            .allMatch(count -> count >= 0 && count <= MOST_ANSWERS);
    if (!counted) {
      return Optional.of("answers must be between 0 and " + MOST_ANSWERS + ", but are " + answers);
    }
    if (window.latenessMicros() < 0) {
      return Optional.of("latenessMicros is negative: " + window.latenessMicros());
    }
    try {
      LatencyHistogram.check(window.latency());
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
    return instant("start", window.start());
  }

  private static Optional<String> counts(ProbeFinished finished) {
    return finished.windows().entrySet().stream()
        .filter(probe -> probe.getValue() < 0 || probe.getValue() > MOST_WINDOWS)
        .findFirst()
        .map(
            probe ->
                "windows of %s must be between 0 and %d, but are %d"
                    .formatted(probe.getKey(), MOST_WINDOWS, probe.getValue()));
  }

  private static Optional<String> baseline(Duration baseline) {
    return baseline.toSeconds() < MOST_WINDOWS
        ? Optional.empty()
        : Optional.of("baseline must be below " + MOST_WINDOWS + " s, but is " + baseline);
  }

  private static Optional<String> maybe(String field, Instant instant) {
    return instant == null ? Optional.empty() : instant(field, instant);
  }

  private static Optional<String> instant(String field, Instant instant) {
    return instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
        ? Optional.of(field + " must be between 2000 and 2200, but is " + instant)
        : Optional.empty();
  }
}
