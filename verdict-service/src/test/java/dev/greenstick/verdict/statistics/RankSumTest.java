package dev.greenstick.verdict.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against R's documented examples, plain enumeration, and coverage by seeded simulation. */
class RankSumTest {

  /** Hollander and Wolfe 1973, page 69: the example of R's {@code ?wilcox.test}. */
  private static final double[] TERM = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};

  private static final double[] EARLY = {1.15, 0.88, 0.90, 0.74, 1.21};

  @Test
  void theExampleOfRComesOutAsInR() {
    // When
    RankSum ranks = RankSum.of(TERM, EARLY);

    // Then
    // One-sided it is 0.1272 there, and the estimate 0.305.
    assertThat(ranks.pValue()).isCloseTo(2 * 0.1272, within(1e-4));
    assertThat(ranks.shift(0.95).estimate()).isCloseTo(0.305, within(1e-9));
    assertThat(ranks.shift(0.95).low()).isCloseTo(-0.15, within(0.02));
    assertThat(ranks.shift(0.95).high()).isCloseTo(0.76, within(0.02));
  }

  @Test
  void theEstimateIsTheMedianOfAllDifferences() {
    for (long seed = 0; seed < 300; seed++) {
      // Given
      Random random = new Random(seed);
      double[] one = sample(random, 1 + random.nextInt(12), 0, seed % 2 == 0);
      double[] other = sample(random, 1 + random.nextInt(12), 1, seed % 2 == 0);

      // When
      double estimate = RankSum.of(one, other).shift(0.95).estimate();

      // Then
      assertThat(estimate).as("seed %d", seed).isEqualTo(median(one, other));
    }
  }

  @Test
  void theIntervalHoldsTheShiftsThatAreNotSignificant() {
    for (long seed = 0; seed < 200; seed++) {
      // Given
      Random random = new Random(seed);
      double[] one = sample(random, 8 + random.nextInt(30), 3, seed % 3 == 0);
      double[] other = sample(random, 8 + random.nextInt(30), 0, seed % 3 == 0);

      // When
      Bracket shift = RankSum.of(one, other).shift(0.95);

      // Then
      for (int i = 0; i < 20; i++) {
        double by = shift.low() + (i - 4.5) / 10 * (shift.high() - shift.low());
        boolean isWithin = by > shift.low() && by < shift.high();
        assertThat(Math.abs(standardised(one, other, by)) <= 1.959964)
            .as("seed %d, shift %s of %s", seed, by, shift)
            .isEqualTo(isWithin);
      }
    }
  }

  @Test
  void trueShiftsAndRatiosAreCoveredAsOftenAsTheyPromise() {
    // Given
    int runs = 4_000;
    Random random = new Random(42);
    int shifts = 0;
    int ratios = 0;

    // When
    for (int i = 0; i < runs; i++) {
      double[] one = lognormal(random, 20, 1.3);
      double[] other = lognormal(random, 30, 1);
      Bracket ratio = RankSum.of(one, other).ratio(0.95);
      ratios += ratio.low() <= 1.3 && 1.3 <= ratio.high() ? 1 : 0;
      double[] moved = Arrays.stream(lognormal(random, 20, 1)).map(value -> value + 5).toArray();
      Bracket shift = RankSum.of(moved, other).shift(0.95);
      shifts += shift.low() <= 5 && 5 <= shift.high() ? 1 : 0;
    }

    // Then
    // Four standard errors of 0.95 over so many runs are 0.014.
    assertThat((double) shifts / runs).isBetween(0.936, 0.970);
    assertThat((double) ratios / runs).isBetween(0.936, 0.970);
  }

  @Test
  void samplesThatAreTooSmallSetNoBound() {
    // When
    Bracket shift = RankSum.of(new double[] {5, 6, 7}, new double[] {1, 2, 3}).shift(0.95);

    // Then
    assertThat(shift).isEqualTo(new Bracket(Double.NEGATIVE_INFINITY, 4, Double.POSITIVE_INFINITY));
  }

  @Test
  void samplesWithoutAnySpreadDifferByExactlyThat() {
    // Given
    double[] one = new double[20];
    Arrays.fill(one, 7);
    double[] other = new double[20];
    Arrays.fill(other, 5);

    // When
    RankSum apart = RankSum.of(one, other);
    RankSum alike = RankSum.of(one, one);

    // Then
    assertThat(apart.shift(0.95)).isEqualTo(new Bracket(2, 2, 2));
    assertThat(apart.pValue()).isLessThan(1e-6);
    assertThat(alike.shift(0.95)).isEqualTo(new Bracket(0, 0, 0));
    assertThat(alike.pValue()).isEqualTo(1);
  }

  /** The statistic by its definition: midranks of all, then the correction for ties. */
  private static double standardised(double[] one, double[] other, double shift) {
    double n = one.length;
    double m = other.length;
    double[] all = new double[one.length + other.length];
    for (int i = 0; i < one.length; i++) {
      all[i] = one[i] - shift;
    }
    System.arraycopy(other, 0, all, one.length, other.length);
    double ranks = 0;
    double ties = 0;
    for (int i = 0; i < all.length; i++) {
      double below = 0;
      double same = 0;
      for (double value : all) {
        below += value < all[i] ? 1 : 0;
        same += value == all[i] ? 1 : 0;
      }
      ranks += i < one.length ? below + (same + 1) / 2 : 0;
      ties += same * same - 1;
    }
    double apart = ranks - n * (n + 1) / 2 - n * m / 2;
    double sigma = Math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
    return (apart - Math.signum(apart) * 0.5) / sigma;
  }

  private static double median(double[] one, double[] other) {
    double[] differences =
        Arrays.stream(one).flatMap(a -> Arrays.stream(other).map(b -> a - b)).sorted().toArray();
    int half = differences.length / 2;
    return differences.length % 2 == 1
        ? differences[half]
        : (differences[half - 1] + differences[half]) / 2;
  }

  private static double[] sample(Random random, int size, double shift, boolean tied) {
    double[] sample = new double[size];
    for (int i = 0; i < size; i++) {
      double value = shift + 2 * random.nextGaussian();
      sample[i] = tied ? Math.rint(value) : value;
    }
    return sample;
  }

  private static double[] lognormal(Random random, int size, double scale) {
    double[] sample = new double[size];
    for (int i = 0; i < size; i++) {
      sample[i] = scale * Math.exp(2 + 0.4 * random.nextGaussian());
    }
    return sample;
  }
}
