package dev.greenstick.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantRateTest {

  private static final long SECOND = 1_000_000_000L;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void countsAndOffsetsAreOneSequence(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    ConstantRate pace = new ConstantRate(Math.exp(random.nextDouble(-4, 9)), random.nextDouble());
    long index = random.nextLong(1_000_000);

    // When
    long offset = pace.offsetNanos(index);

    // Then
    assertThat(pace.countBefore(offset)).isLessThanOrEqualTo(index);
    assertThat(pace.countBefore(offset + 1)).isGreaterThan(index);
    assertThat(pace.offsetNanos(index + 1)).isGreaterThanOrEqualTo(offset);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSecondsOfADayHoldEveryPredictionOnce(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    ConstantRate pace = new ConstantRate(random.nextDouble(0.01, 3_000), random.nextDouble());
    int seconds = 86_400;

    // When
    long sum = 0;
    for (int second = 0; second < seconds; second++) {
      long count = pace.countBefore((second + 1) * SECOND) - pace.countBefore(second * SECOND);
      assertThat(count).isBetween((long) pace.perSecond() - 1, (long) pace.perSecond() + 1);
      sum += count;
    }

    // Then
    assertThat(sum).isEqualTo(pace.countBefore(seconds * SECOND));
    assertThat((double) sum)
        .isBetween(pace.perSecond() * seconds - 1, pace.perSecond() * seconds + 1);
  }

  @Test
  void theFirstIsIntendedAtTheStartAndNoneBefore() {
    assertThat(new ConstantRate(0.5, 0).offsetNanos(0)).isZero();
    assertThat(new ConstantRate(0.5, 0).countBefore(0)).isZero();
    assertThat(new ConstantRate(0.5, 0).countBefore(-SECOND)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, Double.NaN})
  void whatIsNoPhaseIsRefused(double phase) {
    assertThatThrownBy(() -> new ConstantRate(1, phase))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoRateIsRefused(double rate) {
    assertThatThrownBy(() -> new ConstantRate(rate, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
