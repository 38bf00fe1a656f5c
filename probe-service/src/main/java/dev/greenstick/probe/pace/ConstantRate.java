package dev.greenstick.probe.pace;

/**
 * Evenly spaced predictions, the first one at the start.
 *
 * @param perSecond predictions a second; positive and finite
 */
public record ConstantRate(double perSecond) implements Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  public ConstantRate {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("a rate must be positive and finite, but is " + perSecond);
    }
  }

  @Override
  public long offsetNanos(long index) {
    return (long) (index * NANOS_PER_SECOND / perSecond);
  }

  @Override
  public long countBefore(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    // The estimate is off by one at most: what counts is what offsetNanos says.
    long count = (long) (offsetNanos / NANOS_PER_SECOND * perSecond);
    while (count > 0 && offsetNanos(count - 1) >= offsetNanos) {
      count--;
    }
    while (offsetNanos(count) < offsetNanos) {
      count++;
    }
    return count;
  }
}
