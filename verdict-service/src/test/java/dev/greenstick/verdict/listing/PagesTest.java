package dev.greenstick.verdict.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Lists made of keys in the order of text, held against filtering and sorting everything. */
class PagesTest {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final int RUNS = 120;

  private final NavigableMap<String, Standing> keys = new TreeMap<>();
  private final List<Standing> all = new ArrayList<>();

  @RepeatedTest(300)
  void pagesAreTheFilteredAndSortedRunsHoweverLongAPageIs(RepetitionInfo repetition) {
    // Given
    long seed = repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < RUNS; i++) {
      list(standing(random));
    }
    Filter filter = filter(random);
    int most = 1 + random.nextInt(20);

    // When
    List<Standing> listed = new ArrayList<>();
    Position after = null;
    List<Standing> page;
    do {
      page = page(filter, after, most);
      listed.addAll(page);
      after = page.isEmpty() ? null : page.getLast().position();
    } while (page.size() == most);

    // Then
    assertThat(listed)
        .as("seed %d, %s", seed, filter)
        .isEqualTo(
            all.stream()
                .filter(filter::passes)
                .sorted(Comparator.comparing(Standing::position).reversed())
                .toList());
  }

  @RepeatedTest(100)
  void runsThatComeBetweenTwoPagesNeitherRepeatNorHideOthers(RepetitionInfo repetition) {
    // Given
    long seed = repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < RUNS; i++) {
      list(standing(random));
    }
    List<Standing> before =
        all.stream().sorted(Comparator.comparing(Standing::position).reversed()).toList();
    List<Standing> listed = new ArrayList<>(page(Filter.ALL, null, 50));
    Position after = listed.getLast().position();

    // When
    for (int i = 0; i < RUNS; i++) {
      list(standing(random));
    }
    listed.addAll(page(Filter.ALL, after, 2 * RUNS));

    // Then
    assertThat(listed).as("seed %d", seed).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  void aCursorIsReadBackAndOnlyForItsOwnList() {
    // Given
    Position position = standing(new SplittableRandom(1)).position();
    Filter other =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Ending.REFUTED),
            Optional.empty(),
            Optional.empty());

    // When
    String text = new Cursor(Filter.ALL, position).text();

    // Then
    assertThat(Cursor.parse(text, Filter.ALL)).map(Cursor::after).contains(position);
    assertThat(Cursor.parse(text, other)).isEmpty();
    for (String none : List.of("", "?", "MQ", text.substring(1), text + "AAAA")) {
      assertThat(Cursor.parse(none, Filter.ALL)).as(none).isEmpty();
    }
  }

  private void list(Standing standing) {
    all.add(standing);
    standing.keys().forEach(key -> assertThat(keys.put(key, standing)).isNull());
  }

  private List<Standing> page(Filter filter, Position after, int most) {
    Filter.Range range = filter.keys(after);
    if (range.empty()) {
      return List.of();
    }
    return keys.subMap(range.first(), true, range.last(), false).descendingMap().entrySet().stream()
        .peek(
            entry ->
                assertThat(Filter.position(entry.getKey())).isEqualTo(entry.getValue().position()))
        .map(entry -> entry.getValue())
        .limit(most)
        .toList();
  }

  /** Many at the same instant, names that are each other's beginnings. */
  private static Standing standing(SplittableRandom random) {
    return new Standing(
        new RunRef(
            new RunId(new UUID(random.nextLong(), random.nextLong())),
            experiment(random),
            cluster(random)),
        START.plusMillis(random.nextInt(20)),
        Ending.values()[random.nextInt(Ending.values().length)]);
  }

  private static Filter filter(SplittableRandom random) {
    return new Filter(
        maybe(random, experiment(random)),
        maybe(random, cluster(random)),
        maybe(random, Ending.values()[random.nextInt(Ending.values().length)]),
        maybe(random, START.plusMillis(random.nextInt(20))),
        maybe(random, START.plusMillis(random.nextInt(20))));
  }

  private static <T> Optional<T> maybe(SplittableRandom random, T value) {
    return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
  }

  private static ExperimentName experiment(SplittableRandom random) {
    return new ExperimentName(List.of("a", "a-b", "ab").get(random.nextInt(3)));
  }

  private static ClusterName cluster(SplittableRandom random) {
    return new ClusterName(List.of("c", "c-1").get(random.nextInt(2)));
  }
}
