package dev.greenstick.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.experiment.Arrivals.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacesTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int SECONDS = 120;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** A pace of any kind, the same for the same seed. */
  private static Pace pace(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = Math.exp(random.nextDouble(-2, 5));
    double to = Math.exp(random.nextDouble(-2, 5));
    Duration length = Duration.ofNanos(random.nextLong(1, 60 * SECOND));
    return switch (random.nextInt(5)) {
      case 0 -> new ConstantRate(rate, random.nextDouble());
      case 1 -> new Poisson(rate, random.nextLong());
      case 2 -> new Ramp(rate, to, length, random.nextDouble());
      case 3 -> new Steps(steps(random), random.nextDouble());
      default -> new Replay(offsets(random), random.nextBoolean());
    };
  }

  private static List<Step> steps(SplittableRandom random) {
    return IntStream.rangeClosed(0, random.nextInt(5))
        .mapToObj(
            i ->
                new Step(
                    Math.exp(random.nextDouble(-2, 5)),
                    Duration.ofNanos(random.nextLong(1, 30 * SECOND))))
        .toList();
  }

  private static List<Duration> offsets(SplittableRandom random) {
    List<Duration> offsets = new ArrayList<>();
    long at = random.nextLong(SECOND);
    for (int i = random.nextInt(200); i >= 0; i--) {
      offsets.add(Duration.ofNanos(at));
      at += random.nextInt(3) == 0 ? 0 : random.nextLong(SECOND);
    }
    return offsets;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void instantsNeverGoBackAndEachSecondHoldsWhatIsCountedInIt(long seed) {
    // Given
    Pace pace = pace(seed);
    Pace same = pace(seed);
    long[] inSecond = new long[SECONDS];

    // When
    long last = 0;
    for (long index = 0; pace.offsetNanos(index) < SECONDS * SECOND; index++) {
      long offset = pace.offsetNanos(index);
      assertThat(offset).isGreaterThanOrEqualTo(last);
      last = offset;
      inSecond[(int) (offset / SECOND)]++;
    }

    // Then
    SplittableRandom random = new SplittableRandom(seed);
    for (int second = SECONDS - 1; second >= 0; second--) {
      long count = same.countBefore((second + 1) * SECOND) - same.countBefore(second * SECOND);
      assertThat(count).as("second %d", second).isEqualTo(inSecond[second]);
    }
    for (int i = 0; i < 100; i++) {
      long offset = random.nextLong(SECONDS * SECOND);
      long count = same.countBefore(offset);
      assertThat(same.offsetNanos(count)).isGreaterThanOrEqualTo(offset);
      assertThat(count == 0 || same.offsetNanos(count - 1) < offset).isTrue();
    }
    assertThat(pace.countBefore(0)).isZero();
    assertThat(pace.countBefore(-SECOND)).isZero();
  }

  /** Gaps of a Poisson process are exponential, and counts of its seconds vary as their mean. */
  @Test
  void arrivalsAtRandomAreAPoissonProcess() {
    // Given
    Pace pace = new Poisson(100, 20261124);
    int seconds = 2_000;

    // When
    long count = pace.countBefore(seconds * SECOND);
    double[] perSecond =
        IntStream.range(0, seconds)
            .mapToDouble(i -> pace.countBefore((i + 1) * SECOND) - pace.countBefore(i * SECOND))
            .toArray();
    long longerThanMean =
        LongStream.range(1, count)
            .filter(i -> pace.offsetNanos(i) - pace.offsetNanos(i - 1) > SECOND / 100)
            .count();

    // Then
    double mean =
        IntStream.range(0, seconds).mapToDouble(i -> perSecond[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, seconds)
            .mapToDouble(i -> (perSecond[i] - mean) * (perSecond[i] - mean))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(99.0, 101.0);
    assertThat(variance / mean).isBetween(0.9, 1.1);
    assertThat((double) longerThanMean / count).isBetween(0.363, 0.373);
  }

  @Test
  void aRampRisesEvenlyAndThenStays() {
    // Given
    Pace pace = new Ramp(10, 110, Duration.ofSeconds(10), 0);

    // When, Then
    assertThat(pace.countBefore(10 * SECOND)).isEqualTo(600);
    assertThat(pace.countBefore(5 * SECOND)).isEqualTo(175);
    assertThat(pace.countBefore(20 * SECOND)).isEqualTo(600 + 1_100);
  }

  @Test
  void stepsFollowEachOtherAndTheLastGoesOn() {
    // Given
    Pace pace =
        new Steps(
            List.of(new Step(10, Duration.ofSeconds(2)), new Step(1, Duration.ofSeconds(3))), 0);

    // When, Then
    assertThat(pace.countBefore(2 * SECOND)).isEqualTo(20);
    assertThat(pace.countBefore(5 * SECOND)).isEqualTo(23);
    assertThat(pace.countBefore(10 * SECOND)).isEqualTo(28);
  }

  @Test
  void aReplayIsWhatWasRecordedAndBeginsAnewOnlyWhereItIsToldTo() {
    // Given
    List<Duration> recorded =
        List.of(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(500));

    // When
    Pace once = new Replay(recorded, false);
    Pace again = new Replay(recorded, true);

    // Then
    assertThat(LongStream.range(0, 3).map(once::offsetNanos))
        .containsExactly(100_000_000L, 100_000_000L, 500_000_000L);
    assertThat(once.offsetNanos(3)).isEqualTo(Pace.NEVER);
    assertThat(once.countBefore(Duration.ofDays(1).toNanos())).isEqualTo(3);
    // The mean interval is 200 ms: the second round begins at 700 ms.
    assertThat(again.offsetNanos(3)).isEqualTo(800_000_000);
    assertThat(again.countBefore(800_000_000)).isEqualTo(3);
    assertThat(again.countBefore(800_000_001)).isEqualTo(5);
  }
}
