package dev.greenstick.verdict.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void theFiguresAreThoseOfTheFormulas() {
    // Given
    Map<String, Long> one = Map.of("cat", 300_000L, "dog", 700_000L);
    Map<String, Long> other = Map.of("cat", 500_000L, "dog", 500_000L);

    // When
    double stability = Labels.populationStability(one, other);
    double divergence = Labels.jensenShannon(one, other);

    // Then
    // (0.3-0.5) ln(0.3/0.5) + (0.7-0.5) ln(0.7/0.5), and H(0.4, 0.6) - (H(0.3, 0.7) + 1) / 2.
    assertThat(stability).isCloseTo(0.169460, within(1e-5));
    assertThat(divergence).isCloseTo(0.0303052, within(1e-6));
  }

  @Test
  void whatSharesNoLabelIsOneBitApart() {
    // When
    double divergence = Labels.jensenShannon(Map.of("cat", 10L), Map.of("dog", 1L));

    // Then
    assertThat(divergence).isCloseTo(1, within(1e-12));
    assertThat(Labels.populationStability(Map.of("cat", 10L), Map.of("dog", 1L))).isFinite();
  }

  @Test
  void bothAreDistancesThatDoNotDependOnTheOrder() {
    for (long seed = 0; seed < 500; seed++) {
      // Given
      Random random = new Random(seed);
      Map<String, Long> one = counts(random);
      Map<String, Long> other = counts(random);

      // Then
      assertThat(Labels.jensenShannon(one, other))
          .as("seed %d", seed)
          .isBetween(0.0, 1.0)
          .isCloseTo(Labels.jensenShannon(other, one), within(1e-12));
      assertThat(Labels.populationStability(one, other))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(0)
          .isCloseTo(Labels.populationStability(other, one), within(1e-12));
      assertThat(Labels.jensenShannon(one, one)).isZero();
      assertThat(Labels.populationStability(one, one)).isZero();
    }
  }

  private static Map<String, Long> counts(Random random) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("label-0", 1L);
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      counts.put("label-" + random.nextInt(6), (long) random.nextInt(50));
    }
    counts.merge("label-0", 1L, Long::sum);
    return counts;
  }
}
