package dev.greenstick.verdict.hypothesis;

import java.time.Duration;
import java.util.Objects;

/**
 * When a prober's own lateness spoils what it measured.
 *
 * @param lateness by how much it may send later than intended within a window
 * @param lateShare which share of a phase's windows may be late before its latencies are unknown
 */
public record Bounds(Duration lateness, double lateShare) {

  /** What holds where nothing is set. */
  public static final Bounds STANDARD = new Bounds(Duration.ofMillis(100), 0.05);

  public Bounds {
    Objects.requireNonNull(lateness, "lateness");
    if (lateness.isNegative() || !(lateShare >= 0 && lateShare <= 1)) {
      throw new IllegalArgumentException(
          "lateness must not be negative and its share between 0 and 1, but they are "
              + lateness
              + " and "
              + lateShare);
    }
  }

  /** Whether a prober that sent this late within a window was late. */
  boolean isLate(long latenessMicros) {
    return latenessMicros > lateness.toNanos() / 1_000;
  }
}
