package dev.greenstick.probe.pace;

/**
 * Evenly spaced predictions.
 *
 * @param perSecond predictions a second; positive and finite
 * @param phase when the first one is intended, in intervals from the start: at least 0, below 1
 */
public record ConstantRate(double perSecond, double phase) implements Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  public ConstantRate {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("a rate must be positive and finite, but is " + perSecond);
    }
    if (!(phase >= 0 && phase < 1)) {
      throw new IllegalArgumentException("a phase must be at least 0 and below 1, but is " + phase);
    }
  }

  @Override
  public long offsetNanos(long index) {
    return (long) ((index + phase) * NANOS_PER_SECOND / perSecond);
  }

  @Override
  public long countBefore(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    return Pace.counted(this, offsetNanos, offsetNanos / NANOS_PER_SECOND * perSecond - phase);
  }
}
