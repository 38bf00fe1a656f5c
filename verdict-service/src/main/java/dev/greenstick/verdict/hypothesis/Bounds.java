package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
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

  /** Whether the prober was late within a window: by this bound, or by its own. */
  boolean isLate(HealthWindow window) {
    return window.late() || window.latenessMicros() > lateness.toNanos() / 1_000;
  }

  /** The same for whoever goes by what was seen, however late the prober was. */
  Bounds forgiving() {
    return new Bounds(lateness, 1);
  }

  boolean isForgiving() {
    return lateShare == 1;
  }
}
