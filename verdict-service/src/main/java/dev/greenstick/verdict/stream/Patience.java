package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Plausible;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.Awaited;
import java.time.Duration;
import java.util.Objects;

/**
 * How long a run waits for what is lacking before it is judged by what is there.
 *
 * @param evidence for the rest of its history, once it has ended
 * @param overrun for its end, beyond the time that it was planned for; above what the scheduler's
 *     own timeouts may add to that
 * @param tick how often it is looked at which deadlines have passed
 */
public record Patience(Duration evidence, Duration overrun, Duration tick) {

  /**
   * Nobody knows how long a run takes of which no plan was told; one that takes longer than this is
   * judged too early, and would be inconclusive in any case.
   */
  static final Duration WITHOUT_PLAN = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException when one is not positive
   */
  public Patience {
    positive("deadline", evidence);
    positive("overrun", overrun);
    positive("tick", tick);
  }

  private static void positive(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (!value.isPositive() || value.toSeconds() > Plausible.MOST_WINDOWS) {
      throw new IllegalArgumentException(
          "greenstick.verdict.%s must be above 0 and at most %d s, but is %s"
              .formatted(name, Plausible.MOST_WINDOWS, value));
    }
  }

  /** How long a run that has come so far waits for that. */
  Duration of(Awaited awaited, Progress progress) {
    return switch (awaited) {
      case PLAN -> WITHOUT_PLAN;
      case END -> progress.plan().length().plus(overrun);
      case EVIDENCE -> evidence;
    };
  }
}
