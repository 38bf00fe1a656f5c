package dev.greenstick.verdict.series;

import java.util.stream.IntStream;

/** How many windows make a point, so that a series has no more points than can be looked at. */
public final class Resolution {

  /** What people read off an axis: seconds, minutes, hours. */
  private static final int[] ROUND = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400
  };

  private Resolution() {}

  /** The finest round one by which so many windows make no more than so many points. */
  public static int finest(int windows, int points) {
    int least = least(windows, points);
    return IntStream.of(ROUND).filter(round -> round >= least).findFirst().orElse(least);
  }

  /** The least by which so many windows make no more than so many points. */
  public static int least(int windows, int points) {
    return Math.max(1, Math.ceilDiv(windows, points));
  }
}
