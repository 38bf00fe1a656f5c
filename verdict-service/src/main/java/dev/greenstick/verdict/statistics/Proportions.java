package dev.greenstick.verdict.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Intervals for shares that were counted: so many of so many. */
public final class Proportions {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Proportions() {}

  /**
   * @param hits how many were so
   * @param count of how many; at least 1
   */
  public record Counted(long hits, long count) {

    public Counted {
      if (hits < 0 || count < 1 || hits > count) {
        throw new IllegalArgumentException("no share: " + hits + " of " + count);
      }
    }

    /** The share. */
    public double share() {
      return (double) hits / count;
    }
  }

  /**
   * Wilson's score interval, without continuity correction (Wilson 1927; Newcombe 1998, Statistics
   * in Medicine 17:857-872, method 3).
   */
  public static Bracket wilson(Counted counted, double confidence) {
    double z = quantile(confidence);
    double n = counted.count();
    double p = counted.share();
    double middle = p + z * z / (2 * n);
    double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    double scale = 1 + z * z / n;
    return new Bracket(
        counted.hits() == 0 ? 0 : Math.max(0, (middle - half) / scale),
        p,
        counted.hits() == counted.count() ? 1 : Math.min(1, (middle + half) / scale));
  }

  /**
   * The first less the second, by Newcombe's hybrid score interval (Newcombe 1998, Statistics in
   * Medicine 17:873-890, method 10).
   */
  public static Bracket difference(Counted one, Counted other, double confidence) {
    Bracket first = wilson(one, confidence);
    Bracket second = wilson(other, confidence);
    double estimate = first.estimate() - second.estimate();
    return new Bracket(
        estimate - Math.hypot(first.estimate() - first.low(), second.high() - second.estimate()),
        estimate,
        estimate + Math.hypot(first.high() - first.estimate(), second.estimate() - second.low()));
  }

  /**
   * How many times the second the first is: the same recovery of variances as in {@link
   * #difference}, on the logarithms of Wilson's limits (Zou and Donner 2008, Statistics in Medicine
   * 27:1693-1702). Where a share is 0 and has no logarithm, the quotients of the limits, which are
   * further apart than they need to be.
   */
  public static Bracket ratio(Counted one, Counted other, double confidence) {
    Bracket first = wilson(one, confidence);
    Bracket second = wilson(other, confidence);
    double estimate = first.estimate() / second.estimate();
    if (one.hits() == 0 || other.hits() == 0) {
      return new Bracket(
          first.low() / second.high(),
          estimate,
          other.hits() == 0 ? Double.POSITIVE_INFINITY : first.high() / second.low());
    }
    double below =
        Math.hypot(
            Math.log(first.estimate() / first.low()), Math.log(second.high() / second.estimate()));
    double above =
        Math.hypot(
            Math.log(first.high() / first.estimate()), Math.log(second.estimate() / second.low()));
    return new Bracket(estimate * Math.exp(-below), estimate, estimate * Math.exp(above));
  }

  /** How many standard deviations on each side hold that share of a normal distribution. */
  static double quantile(double confidence) {
    return NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
  }
}
