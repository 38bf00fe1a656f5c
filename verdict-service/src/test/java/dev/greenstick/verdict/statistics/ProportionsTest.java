package dev.greenstick.verdict.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.greenstick.verdict.statistics.Proportions.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published tables, and coverage that is computed exactly by enumeration. */
class ProportionsTest {

  /** Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void wilsonsIntervalIsAsPublished(long hits, long count, double low, double high) {
    // When
    Bracket bracket = Proportions.wilson(new Counted(hits, count), 0.95);

    // Then
    assertThat(bracket.low()).isCloseTo(low, within(5e-5));
    assertThat(bracket.high()).isCloseTo(high, within(5e-5));
  }

  /** Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "0, 10, 0, 10, -0.2775, 0.2775",
    "10, 10, 0, 20, 0.6791, 1.0000",
    "10, 10, 0, 10, 0.6075, 1.0000"
  })
  void newcombesIntervalIsAsPublished(
      long hits, long count, long otherHits, long otherCount, double low, double high) {
    // When
    Bracket bracket =
        Proportions.difference(new Counted(hits, count), new Counted(otherHits, otherCount), 0.95);

    // Then
    assertThat(bracket.low()).isCloseTo(low, within(5e-5));
    assertThat(bracket.high()).isCloseTo(high, within(5e-5));
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "200, 50", "100, 1000"})
  void differencesAndRatiosAreCoveredAsOftenAsTheyPromise(int n, int m) {
    for (double[] truth :
        List.of(
            new double[] {0.99, 0.99},
            new double[] {0.9, 0.97},
            new double[] {0.5, 0.4},
            new double[] {0.05, 0.1})) {
      // When
      double difference =
          coverage(truth, n, m, truth[0] - truth[1], (a, b) -> Proportions.difference(a, b, 0.95));
      double ratio =
          coverage(truth, n, m, truth[0] / truth[1], (a, b) -> Proportions.ratio(a, b, 0.95));

      // Then
      assertThat(difference).as("difference %s, %d, %d", truth[0], n, m).isBetween(0.925, 1.0);
      assertThat(ratio).as("ratio %s, %d, %d", truth[0], n, m).isBetween(0.925, 1.0);
    }
  }

  /** Exactly: every outcome there may be, weighed by its probability. */
  private static double coverage(
      double[] truth, int n, int m, double value, BiFunction<Counted, Counted, Bracket> interval) {
    BinomialDistribution one = BinomialDistribution.of(n, truth[0]);
    BinomialDistribution other = BinomialDistribution.of(m, truth[1]);
    double covered = 0;
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        double weight = one.probability(i) * other.probability(j);
        if (weight > 1e-12) {
          Bracket bracket = interval.apply(new Counted(i, n), new Counted(j, m));
          covered += bracket.low() <= value && value <= bracket.high() ? weight : 0;
        }
      }
    }
    return covered;
  }

  @Test
  void moreDataNeverMakesAnIntervalWider() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      // Given
      long count = 1 + random.nextInt(200);
      long hits = random.nextInt((int) count + 1);
      List<Double> widths = new ArrayList<>();

      // When
      for (long times : List.of(1L, 10L, 100L)) {
        Bracket bracket = Proportions.wilson(new Counted(hits * times, count * times), 0.99);
        widths.add(bracket.high() - bracket.low());
        assertThat(bracket.low()).isBetween(0.0, bracket.estimate());
        assertThat(bracket.high()).isBetween(bracket.estimate(), 1.0);
      }

      // Then
      assertThat(widths)
          .as("seed 7, %d of %d", hits, count)
          .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }
  }
}
