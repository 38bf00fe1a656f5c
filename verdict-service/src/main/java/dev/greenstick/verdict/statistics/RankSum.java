package dev.greenstick.verdict.statistics;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Two samples held against each other by ranks alone, so that neither outliers nor the shape of
 * their distributions matter. The interval is the one that Kayenta's judge uses: the shifts at
 * which the Mann-Whitney statistic, normal with correction for ties and continuity, is just not
 * significant. The estimate is Hodges and Lehmann's as they define it, the median of all
 * differences; Kayenta looks for the root of that statistic instead, which lies at most one
 * difference away from it.
 */
public final class RankSum {

  private final double[] one;
  private final double[] other;

  private RankSum(double[] one, double[] other) {
    this.one = one;
    this.other = other;
  }

  /**
   * @param one at least one number; finite
   * @param other likewise
   */
  public static RankSum of(double[] one, double[] other) {
    if (one.length == 0 || other.length == 0) {
      throw new IllegalArgumentException("a sample is empty");
    }
    return new RankSum(sorted(one), sorted(other));
  }

  private static double[] sorted(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * How likely ranks at least as unlike are, either way, when both samples come from one
   * distribution: exact for small samples without ties, else as {@link #shift} has it.
   */
  public double pValue() {
    if (one[0] == other[0] && isConstant(one) && isConstant(other)) {
      return 1;
    }
    return MannWhitneyUTest.withDefaults().test(one, other).getPValue();
  }

  /** By how much the first lies above the second; unbounded where the samples are too small. */
  public Bracket shift(double confidence) {
    double estimate = median();
    double most = one[one.length - 1] - other[0];
    double least = one[0] - other[other.length - 1];
    if (least == most) {
      return isTelling(confidence)
          ? new Bracket(estimate, estimate, estimate)
          : new Bracket(Double.NEGATIVE_INFINITY, estimate, Double.POSITIVE_INFINITY);
    }
    double z = Proportions.quantile(confidence);
    return new Bracket(
        statistic(least) <= z
            ? Double.NEGATIVE_INFINITY
            : firstWhere(least, most, shift -> statistic(shift) <= z),
        estimate,
        statistic(most) >= -z
            ? Double.POSITIVE_INFINITY
            : firstWhere(least, most, shift -> statistic(shift) <= -z));
  }

  /**
   * How many times the second the first is: {@link #shift} of the logarithms.
   *
   * @throws IllegalArgumentException when a number is not above 0
   */
  public Bracket ratio(double confidence) {
    Bracket logs = new RankSum(logarithms(one), logarithms(other)).shift(confidence);
    return new Bracket(Math.exp(logs.low()), Math.exp(logs.estimate()), Math.exp(logs.high()));
  }

  private static double[] logarithms(double[] sorted) {
    if (!(sorted[0] > 0)) {
      throw new IllegalArgumentException("there is no ratio to " + sorted[0]);
    }
    return Arrays.stream(sorted).map(Math::log).toArray();
  }

  private static boolean isConstant(double[] sorted) {
    return sorted[0] == sorted[sorted.length - 1];
  }

  /** Whether samples of this size, when they are wholly apart, are significantly so. */
  private boolean isTelling(double confidence) {
    double n = one.length;
    double m = other.length;
    return (n * m / 2 - 0.5) / Math.sqrt(n * m * (n + m + 1) / 12)
        > Proportions.quantile(confidence);
  }

  /** The standardised statistic when the first sample is moved down by a shift. */
  private double statistic(double shift) {
    double n = one.length;
    double m = other.length;
    double wins = 0;
    double ties = 0;
    int below = 0;
    int i = 0;
    int j = 0;
    // Both are sorted: one walk over them counts the ranks and the ties.
    while (i < one.length || j < other.length) {
      double value =
          j >= other.length || (i < one.length && one[i] - shift <= other[j])
              ? one[i] - shift
              : other[j];
      int ofOne = i;
      int ofOther = j;
      while (i < one.length && one[i] - shift == value) {
        i++;
      }
      while (j < other.length && other[j] == value) {
        j++;
      }
      ofOne = i - ofOne;
      ofOther = j - ofOther;
      wins += (double) ofOne * (below + ofOther / 2.0);
      below += ofOther;
      double tied = (double) ofOne + ofOther;
      ties += tied * tied * tied - tied;
    }
    double apart = wins - n * m / 2;
    double variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
    return variance <= 0 ? 0 : (apart - Math.signum(apart) * 0.5) / Math.sqrt(variance);
  }

  /** The median of all differences between the first and the second. */
  private double median() {
    long pairs = (long) one.length * other.length;
    double upper = difference(pairs / 2 + 1);
    return pairs % 2 == 1 ? upper : (difference(pairs / 2) + upper) / 2;
  }

  /** The difference that has so many, itself included, not above it. */
  private double difference(long rank) {
    return firstWhere(
        one[0] - other[other.length - 1],
        one[one.length - 1] - other[0],
        bound -> notAbove(bound) >= rank);
  }

  private long notAbove(double bound) {
    long count = 0;
    int j = 0;
    for (double value : one) {
      while (j < other.length && value - other[j] > bound) {
        j++;
      }
      count += other.length - j;
    }
    return count;
  }

  /** The least double from which on a predicate holds, which it does at {@code high}. */
  private static double firstWhere(double low, double high, DoublePredicate holds) {
    long from = ordered(low);
    long to = ordered(high);
    while (from < to) {
      long middle = (from & to) + ((from ^ to) >> 1);
      if (holds.test(unordered(middle))) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return unordered(to);
  }

  /** Doubles as whole numbers in the same order. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }

  private static double unordered(long ordered) {
    return Double.longBitsToDouble(ordered >= 0 ? ordered : Long.MIN_VALUE - ordered);
  }
}
