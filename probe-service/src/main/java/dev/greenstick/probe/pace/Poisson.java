package dev.greenstick.probe.pace;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A Poisson process: arrivals at random, independently of each other. It is made second by second,
 * each from a random source of its own, which the process' lack of memory allows; so any second can
 * be asked for, always with the same answer. For one thread at a time, because it remembers what it
 * made.
 */
public final class Poisson implements Pace {

  private static final long SECOND = 1_000_000_000L;
  private static final int REMEMBERED = 128;

  private final double perSecond;
  private final long seed;
  // The count of all arrivals before each second, as far as it was asked for.
  private long[] before = new long[64];
  private int known;
  private final long[] secondOf = new long[REMEMBERED];
  private final long[][] arrivals = new long[REMEMBERED][];

  /**
   * @param perSecond predictions a second on average; positive and finite
   * @param seed the same seed gives the same instants
   */
  public Poisson(double perSecond, long seed) {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("a rate must be positive and finite, but is " + perSecond);
    }
    this.perSecond = perSecond;
    this.seed = seed;
    Arrays.fill(secondOf, -1);
  }

  @Override
  public long offsetNanos(long index) {
    while (before[known] <= index) {
      learnNext();
    }
    int second = secondWith(index);
    return second * SECOND + of(second)[(int) (index - before[second])];
  }

  @Override
  public long countBefore(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    int second = Math.toIntExact(offsetNanos / SECOND);
    while (known < second) {
      learnNext();
    }
    long within = offsetNanos - second * SECOND;
    long count = before[second];
    if (within > 0) {
      for (long arrival : of(second)) {
        count += arrival < within ? 1 : 0;
      }
    }
    return count;
  }

  private void learnNext() {
    if (known + 1 == before.length) {
      before = Arrays.copyOf(before, 2 * before.length);
    }
    before[known + 1] = before[known] + of(known).length;
    known++;
  }

  /** The second that an arrival lies in; seconds without any are passed over. */
  private int secondWith(long index) {
    int low = 0;
    int high = known;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (before[middle] <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The arrivals of a second, in order, in nanoseconds from its beginning. */
  private long[] of(int second) {
    int slot = second % REMEMBERED;
    if (secondOf[slot] != second) {
      arrivals[slot] = made(second);
      secondOf[slot] = second;
    }
    return arrivals[slot];
  }

  private long[] made(int second) {
    SplittableRandom random =
        new SplittableRandom(mixed(seed + 0x9E3779B97F4A7C15L * (second + 1L)));
    long[] made = new long[(int) perSecond + 16];
    int count = 0;
    for (double at = gap(random); at < 1; at += gap(random)) {
      if (count == made.length) {
        made = Arrays.copyOf(made, 2 * count);
      }
      made[count++] = (long) (at * SECOND);
    }
    return Arrays.copyOf(made, count);
  }

  private double gap(SplittableRandom random) {
    return -Math.log1p(-random.nextDouble()) / perSecond;
  }

  /** Scatters neighbouring seeds: Stafford's variant 13 of MurmurHash3's finaliser. */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
