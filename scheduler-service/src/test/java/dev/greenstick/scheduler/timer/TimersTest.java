package dev.greenstick.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keysOrderByDueTimeAndComeBack(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    List<Timer> timers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      timers.add(
          new Timer(
              Instant.ofEpochMilli(random.nextLong(Long.MAX_VALUE >> random.nextInt(63))),
              new UUID(random.nextLong(), random.nextLong())
                  .toString()
                  .substring(random.nextInt(36))));
    }

    // When
    List<Timer> byKey = timers.stream().sorted(Comparator.comparing(Timer::key)).toList();

    // Then
    assertThat(byKey).as("seed %d", seed).isSortedAccordingTo(Comparator.comparing(Timer::due));
    assertThat(byKey.stream().map(Timer::key).map(Timer::of)).isEqualTo(byKey);
  }

  @Test
  void theBoundsTakeInWhatIsDueAndNothingElse() {
    // Given
    Instant now = Examples.START;
    String last = "\uDBFF\uDFFF\uDBFF\uDFFF";

    // Then
    assertThat(new Timer(now, last).key()).isLessThanOrEqualTo(Timer.lastBy(now));
    assertThat(new Timer(now.plusMillis(1), "").key()).isGreaterThan(Timer.lastBy(now));
    assertThat(new Timer(Instant.EPOCH, "").key()).isGreaterThanOrEqualTo(Timer.first());
  }
}
