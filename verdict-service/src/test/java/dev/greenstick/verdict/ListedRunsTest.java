package dev.greenstick.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.listing.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topology keeps for readers, and for how long. */
class ListedRunsTest {

  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Duration LONGEST_RUN = Duration.ofSeconds(1_000_000);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  @TempDir(factory = StateInMemory.class)
  private Path directory;

  private DrivenVerdicts verdicts;

  @BeforeEach
  void start() {
    verdicts = new DrivenVerdicts(directory, RETENTION);
  }

  @AfterEach
  void stop() {
    verdicts.close();
  }

  @Test
  void aRunIsListedAsOpenUntilItIsJudged() {
    // Given
    List<Evidence> history = Story.of(0, 2, 3, 2).evidence();

    // When
    verdicts.give(history.subList(0, history.size() - 1));
    List<Ending> before = endings();
    verdicts.give(history.subList(history.size() - 1, history.size()));

    // Then
    assertThat(before).containsExactly(Ending.OPEN);
    assertThat(endings()).containsExactly(Ending.CONFIRMED);
    assertListedByTheirStandings();
  }

  @Test
  void aRunThatIsJudgedAtTheDeadlineIsListedUnderItsOutcome() {
    // Given
    verdicts.give(Story.of(0, 2, 3, 2).without(event -> event instanceof ProbeFinished).evidence());

    // When
    verdicts.tick(DrivenVerdicts.DEADLINE.plusSeconds(1));

    // Then
    assertThat(endings()).containsExactly(Ending.INCONCLUSIVE);
    assertListedByTheirStandings();
  }

  @Test
  void aSkippedRunIsListedAsThat() {
    // When
    verdicts.give(
        Topics.RUNS.name(),
        new RunSkipped(Examples.RUN, Examples.START, "it is not defined"),
        Examples.START);

    // Then
    assertThat(endings()).containsExactly(Ending.SKIPPED);
    assertListedByTheirStandings();
  }

  @Test
  void inWhateverOrderEventsComeARunIsListedOnceAndByWhenItWasDue() {
    for (int seed = 0; seed < 20; seed++) {
      // Given
      List<Evidence> history = new ArrayList<>(Story.of(seed, 2, 3, 2).evidence());
      Collections.shuffle(history, new Random(seed));

      // When
      verdicts.give(history);

      // Then
      assertThat(standings()).as("seed %d", seed).hasSize(seed + 1);
      assertListedByTheirStandings();
    }
    assertThat(standings()).allMatch(standing -> standing.due().equals(Examples.START));
  }

  @Test
  void whatComesAfterTheVerdictIsKeptApartAndWhatComesAgainIsNot() {
    // Given
    Story story = Story.of(0, 2, 3, 2);
    List<Evidence> history = story.evidence();
    verdicts.give(history);
    Evidence window =
        Story.of(0, 2, 3, 2).answered(3, new Answers(1, 49, 0, 0, 0, 0, 0)).evidence().stream()
            .filter(one -> one.data() instanceof HealthWindow it && it.index() == 3)
            .findFirst()
            .orElseThrow();
    Map<String, Object> judged = verdicts.stored(Verdicts.EVIDENCE);

    // When
    verdicts.give(history);
    boolean nothing = verdicts.stored(Verdicts.LATE).isEmpty();
    verdicts.give(List.of(window, window));

    // Then
    assertThat(nothing).isTrue();
    assertThat(verdicts.<Evidence>stored(Verdicts.LATE).values())
        .extracting(Evidence::data)
        .containsExactly(window.data());
    assertThat(verdicts.<Object>stored(Verdicts.EVIDENCE)).isEqualTo(judged);
    assertThat(endings()).containsExactly(Ending.CONFIRMED);
  }

  @Test
  void aJudgedRunLeavesEveryStoreWhenItIsOlderThanWhatIsKept() {
    // Given
    List<Evidence> history = Story.of(0, 2, 3, 2).evidence();
    verdicts.give(history);
    verdicts.give(List.of(Story.of(0, 2, 3, 2).and(60, Examples.podHealth()).evidence().getLast()));
    verdicts.tick(RETENTION.minus(SWEEP));
    boolean kept = !standings().isEmpty();

    // When
    verdicts.tick(SWEEP.multipliedBy(2));

    // Then
    assertThat(kept).isTrue();
    assertNothingIsStored();
    assertThat(verdicts.counted("greenstick.verdict.runs.gone")).isEqualTo(1);
  }

  @Test
  void anOpenRunStaysHoweverOldUntilItsDeadlineHasPassed() {
    // Given
    Instant longAgo = Examples.START.minus(RETENTION).minus(LONGEST_RUN);
    List<Evidence> history = Story.of(0, 2, 3, 2).due(longAgo).evidence();
    verdicts.give(history.subList(0, 6));

    // When
    verdicts.tick(SWEEP.multipliedBy(2));
    boolean kept = !standings().isEmpty();
    verdicts.tick(DrivenVerdicts.OVERRUN);
    verdicts.tick(SWEEP);

    // Then
    assertThat(kept).isTrue();
    assertNothingIsStored();
  }

  @Test
  void whatIsReadAgainOfARunThatHasLeftIsNotJudgedASecondTime() {
    // Given
    List<Evidence> history = Story.of(0, 2, 3, 2).evidence();
    verdicts.give(history);
    verdicts.tick(RETENTION.plus(LONGEST_RUN).plus(SWEEP));
    verdicts.handedDown();

    // When
    verdicts.give(history);
    verdicts.tick(DrivenVerdicts.DEADLINE.multipliedBy(2));

    // Then
    assertThat(verdicts.handedDown()).isEmpty();
    assertNothingIsStored();
    assertThat(verdicts.counted("greenstick.verdict.events.past")).isEqualTo(history.size());
  }

  @Test
  void youngerRunsStayWhenOlderOnesLeave() {
    // Given
    verdicts.give(Story.of(0, 2, 3, 2).evidence());
    verdicts.tick(RETENTION.minus(SWEEP));
    RunPlanned planned = Examples.runPlanned();
    RunPlanned young =
        new RunPlanned(
            Story.of(1, 2, 3, 2).run(),
            Examples.START.plus(RETENTION),
            planned.trigger(),
            planned.experiment());
    verdicts.give(Topics.RUNS.name(), young, young.scheduledFor());

    // When
    verdicts.tick(SWEEP.multipliedBy(2));

    // Then
    assertThat(standings()).extracting(Standing::run).containsExactly(young.run());
    assertListedByTheirStandings();
  }

  private List<Standing> standings() {
    return List.copyOf(verdicts.<Standing>stored(Verdicts.STANDINGS).values());
  }

  private List<Ending> endings() {
    return standings().stream().map(Standing::ending).toList();
  }

  private void assertListedByTheirStandings() {
    assertThat(verdicts.<byte[]>stored(Verdicts.LISTED).keySet())
        .containsExactlyInAnyOrderElementsOf(
            standings().stream().flatMap(standing -> standing.keys().stream()).toList());
    assertThat(standings())
        .allSatisfy(standing -> assertThat(Filter.ALL.passes(standing)).isTrue());
  }

  private void assertNothingIsStored() {
    Stream.of(
            Verdicts.RUNS,
            Verdicts.EVIDENCE,
            Verdicts.TALLIES,
            Verdicts.DEADLINES,
            Verdicts.HANDED_DOWN,
            Verdicts.STANDINGS,
            Verdicts.LISTED,
            Verdicts.LATE)
        .forEach(store -> assertThat(verdicts.<Object>stored(store)).as(store).isEmpty());
  }
}
