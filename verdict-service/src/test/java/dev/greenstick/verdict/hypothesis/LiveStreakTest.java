package dev.greenstick.verdict.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.hypothesis.Statistic.Sustained.Kind;
import dev.greenstick.contracts.id.ProbeName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How long conditions have held while a fault is live; the bare count over all windows is right.
 */
class LiveStreakTest {

  private static final String NOTHING = LatencyHistogram.encode(LatencyHistogram.empty());

  private static HealthWindow window(String probe, int index, boolean bad) {
    return new HealthWindow(
        Examples.RUN,
        new ProbeName(probe),
        index,
        Examples.START.plusSeconds(index),
        new Answers(0, 0, 0, bad ? 1 : 0, 0, 0, 0),
        NOTHING,
        Map.of(),
        0,
        List.of());
  }

  /** Whether a prediction of any probe was refused. */
  private static boolean isBad(Second second) {
    return second.windows().stream().anyMatch(window -> window.answers().refused() > 0);
  }

  private static LiveStreak streak(int probes, HealthWindow... windows) {
    LiveStreak streak = LiveStreak.NONE;
    for (HealthWindow window : windows) {
      streak = streak.with(window, probes, LiveStreakTest::isBad);
    }
    return streak;
  }

  @Test
  void onlySecondsThatFollowEachOtherAreAStreak() {
    // When
    LiveStreak streak =
        streak(
            1,
            window("one", 0, true),
            window("one", 1, true),
            window("one", 2, false),
            window("one", 3, true),
            // What became of second 4 nobody told.
            window("one", 5, true),
            window("one", 6, true),
            window("one", 7, true));

    // Then
    assertThat(streak.of(Kind.LONGEST)).isEqualTo(3);
    assertThat(streak.of(Kind.CONSECUTIVE)).isEqualTo(3);
    assertThat(streak.of(Kind.TOTAL)).isEqualTo(6);
  }

  @Test
  void aSecondIsJudgedWhenEveryProbeHasToldItsWindow() {
    // When
    LiveStreak one = streak(2, window("one", 0, true));
    LiveStreak both = one.with(window("two", 0, false), 2, LiveStreakTest::isBad);

    // Then
    assertThat(one.of(Kind.TOTAL)).isZero();
    assertThat(both.of(Kind.TOTAL)).isEqualTo(1);
    assertThat(both.waiting()).isEmpty();
  }

  @Test
  void aProbeThatSaysNothingIsNotWaitedForForEver() {
    // Given
    LiveStreak silent = streak(2, window("one", 0, true));

    // When
    LiveStreak later = silent.with(window("one", LiveStreak.KEPT, false), 2, LiveStreakTest::isBad);

    // Then
    assertThat(later.of(Kind.TOTAL)).isEqualTo(1);
    assertThat(later.waiting()).containsOnlyKeys(LiveStreak.KEPT);
  }

  @Test
  void aWindowThatComesLateJoinsTheStreaksOnBothSides() {
    // When
    LiveStreak streak =
        streak(1, window("one", 0, true), window("one", 2, true), window("one", 1, true));

    // Then
    assertThat(streak.of(Kind.LONGEST)).isEqualTo(3);
  }

  @Test
  void inAnyOrderWithinWhatIsKeptItIsWhatAllWindowsSay() {
    for (long seed = 0; seed < 500; seed++) {
      // Given
      Random random = new Random(seed);
      int probes = 1 + random.nextInt(3);
      int seconds = 1 + random.nextInt(300);
      BitSet bad = new BitSet();
      List<HealthWindow> windows = new ArrayList<>();
      for (int i = 0; i < seconds; i++) {
        for (int probe = 0; probe < probes; probe++) {
          boolean isBad = random.nextInt(4 * probes) < 3;
          bad.set(i, bad.get(i) || isBad);
          windows.add(window("p" + probe, i, isBad));
        }
      }
      shuffle(windows, probes, random);

      // When
      LiveStreak streak = streak(probes, windows.toArray(HealthWindow[]::new));

      // Then
      assertThat(streak.of(Kind.TOTAL)).as("seed %d", seed).isEqualTo(bad.cardinality());
      assertThat(streak.of(Kind.LONGEST)).as("seed %d", seed).isEqualTo(longest(bad));
      assertThat(streak.waiting()).as("seed %d", seed).isEmpty();
    }
  }

  /** No window by more seconds than may be late. */
  private static void shuffle(List<HealthWindow> windows, int probes, Random random) {
    int block = 1 + random.nextInt((LiveStreak.KEPT - 2) * probes);
    for (int from = 0; from < windows.size(); from += block) {
      java.util.Collections.shuffle(
          windows.subList(from, Math.min(windows.size(), from + block)), random);
    }
  }

  private static int longest(BitSet bad) {
    int longest = 0;
    for (int from = bad.nextSetBit(0); from >= 0; from = bad.nextSetBit(bad.nextClearBit(from))) {
      longest = Math.max(longest, bad.nextClearBit(from) - from);
    }
    return longest;
  }

  @Test
  void itsSizeDoesNotGrowWithTheRun() {
    // Given
    LiveStreak streak = LiveStreak.NONE;

    // When
    for (int i = 0; i < 5_000; i++) {
      streak = streak.with(window("one", i, i % 2 == 0), 2, LiveStreakTest::isBad);
    }

    // Then
    assertThat(streak.waiting()).hasSizeLessThanOrEqualTo(LiveStreak.KEPT);
    assertThat(streak.recent().ranges()).hasSizeLessThanOrEqualTo(LiveStreak.KEPT);
    assertThat(streak.of(Kind.LONGEST)).isEqualTo(1);
  }

  @Test
  void aSecondThatIsToldOnceMoreIsCountedOnce() {
    // Given
    LiveStreak judgedWithoutTwo =
        streak(2, window("one", 0, true), window("one", LiveStreak.KEPT, false));

    // When
    LiveStreak streak =
        judgedWithoutTwo
            .with(window("two", 0, true), 2, LiveStreakTest::isBad)
            .with(window("one", LiveStreak.KEPT + 1, false), 2, LiveStreakTest::isBad);

    // Then
    assertThat(streak.of(Kind.TOTAL)).isEqualTo(1);
  }
}
