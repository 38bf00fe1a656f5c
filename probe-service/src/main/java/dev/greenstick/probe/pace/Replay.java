package dev.greenstick.probe.pace;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Recorded arrivals, once or again and again. */
public final class Replay implements Pace {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long[] offsets;
  private final long period;

  /**
   * @param offsets in order, none negative; one or more
   * @param repeat whether it begins anew one mean interval after the last one, or a second after
   *     where there is one only
   */
  public Replay(List<Duration> offsets, boolean repeat) {
    if (offsets.isEmpty()) {
      throw new IllegalArgumentException("offsets must be one or more");
    }
    this.offsets = offsets.stream().mapToLong(Duration::toNanos).toArray();
    this.period = repeat ? period(this.offsets) : 0;
  }

  private static long period(long[] offsets) {
    long last = offsets[offsets.length - 1];
    long between = offsets.length == 1 ? 0 : (last - offsets[0]) / (offsets.length - 1);
    return last + (between == 0 ? NANOS_PER_SECOND : between);
  }

  @Override
  public long offsetNanos(long index) {
    if (period == 0) {
      return index < offsets.length ? offsets[(int) index] : NEVER;
    }
    long round = index / offsets.length;
    return round < NEVER / period
        ? round * period + offsets[(int) (index % offsets.length)]
        : NEVER;
  }

  @Override
  public long countBefore(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    if (period == 0) {
      return before(offsetNanos);
    }
    long rounds = offsetNanos / period;
    return rounds * offsets.length + before(offsetNanos - rounds * period);
  }

  /** How many of one round lie before an offset; equal ones lie beside each other. */
  private int before(long offset) {
    int found = Arrays.binarySearch(offsets, offset);
    int before = found >= 0 ? found : -found - 1;
    while (before > 0 && offsets[before - 1] >= offset) {
      before--;
    }
    return before;
  }
}
