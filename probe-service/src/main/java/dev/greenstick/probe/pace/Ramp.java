package dev.greenstick.probe.pace;

import java.time.Duration;

/**
 * A rate that changes evenly from one to another, and then stays: after t seconds {@code from * t +
 * (to - from) * t² / (2 * over)} predictions were intended.
 */
public final class Ramp implements Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double from;
  private final double to;
  private final double seconds;
  private final double phase;
  private final double whileRamping;

  /**
   * @param from the rate at the beginning, predictions a second; positive
   * @param to the rate at the end; positive
   * @param over how long it takes; positive
   * @param phase see {@link Pace#of}
   */
  public Ramp(double from, double to, Duration over, double phase) {
    if (!(from > 0 && to > 0) || !over.isPositive()) {
      throw new IllegalArgumentException(
          "rates and length must be positive, but are %s, %s, %s".formatted(from, to, over));
    }
    this.from = from;
    this.to = to;
    this.seconds = over.toNanos() / NANOS_PER_SECOND;
    this.phase = phase;
    this.whileRamping = (from + to) / 2 * seconds;
  }

  @Override
  public long offsetNanos(long index) {
    double count = index + phase;
    double at =
        count < whileRamping
            // The root of the quadratic in the form that loses no digits.
            ? 2 * count / (from + Math.sqrt(from * from + 2 * (to - from) / seconds * count))
            : seconds + (count - whileRamping) / to;
    return (long) (at * NANOS_PER_SECOND);
  }

  @Override
  public long countBefore(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    double at = offsetNanos / NANOS_PER_SECOND;
    double count =
        at < seconds
            ? from * at + (to - from) / seconds * at * at / 2
            : whileRamping + (at - seconds) * to;
    return Pace.counted(this, offsetNanos, count - phase);
  }
}
