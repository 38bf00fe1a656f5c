package dev.greenstick.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Golden;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.verdict.DrivenVerdicts.Handed;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.hypothesis.Bounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {

  private static final Duration A_MOMENT = Duration.ofMillis(500);

  @TempDir(factory = StateInMemory.class)
  private Path directory;

  private DrivenVerdicts verdicts;

  @BeforeEach
  void start() {
    verdicts = new DrivenVerdicts(directory);
  }

  @AfterEach
  void stop() {
    verdicts.close();
  }

  @Test
  void theTopologyIsTheGoldenOne() {
    Golden.assertThat(
        "topology.txt",
        new Verdicts(
                Bounds.STANDARD,
                DrivenVerdicts.PATIENCE,
                Duration.ofDays(36_500),
                new SimpleMeterRegistry())
            .topology()
            .describe()
            .toString());
  }

  @Test
  void aWholeHistoryIsHandedDownAsBaselineAndVerdictAtTheTimesOfItsEvents() {
    // Given
    Story story = Story.standard();
    List<Evidence> history = story.evidence();

    // When
    verdicts.give(history);

    // Then
    Folded folded = Folded.of(DrivenVerdicts.asGiven(history));
    assertThat(verdicts.handedDown())
        .containsExactly(
            handed(Folded.FOLD.baseline(folded.progress(), folded.history())),
            handed(folded.verdict()));
    assertThat(folded.verdict().data().outcome()).isEqualTo(VerdictReached.Outcome.CONFIRMED);
    assertThat(folded.verdict().time()).isEqualTo(story.at(story.length() + 1.6));
    assertThat(verdicts.deadLetters()).isEmpty();
  }

  @Test
  void theBaselineIsJudgedByItsLastWindowAndNotLater() {
    // Given
    Story story = Story.standard();
    List<Evidence> untilBaseline =
        story.evidence().stream()
            .filter(
                evidence ->
                    !(evidence.data() instanceof HealthWindow window)
                        || window.index() < story.faultFrom())
            .filter(evidence -> evidence.time().isBefore(story.at(story.faultFrom() + 0.5)))
            .toList();

    // When
    verdicts.give(untilBaseline.subList(0, untilBaseline.size() - 1));
    List<Handed> before = verdicts.handedDown();
    verdicts.give(untilBaseline.subList(untilBaseline.size() - 1, untilBaseline.size()));

    // Then
    assertThat(before).isEmpty();
    assertThat(verdicts.handedDown())
        .singleElement()
        .satisfies(
            handed -> {
              assertThat(handed.event()).isInstanceOf(BaselineJudged.class);
              assertThat(handed.timestamp()).isEqualTo(story.at(story.faultFrom() + 0.2));
            });
  }

  @Test
  void anyOrderReachesTheSameOneVerdict() {
    for (long seed = 0; seed < 5; seed++) {
      try (DrivenVerdicts scrambled = new DrivenVerdicts(directory.resolve("seed-" + seed))) {
        // Given
        List<Evidence> history = new ArrayList<>(Story.standard().evidence());
        Folded folded = Folded.of(history);
        Collections.shuffle(history, new Random(seed));

        // When
        scrambled.give(history);
        scrambled.give(history);

        // Then
        assertThat(scrambled.handedDown())
            .as("seed %d", seed)
            .extracting(Handed::event)
            .filteredOn(VerdictReached.class::isInstance)
            .singleElement()
            .isInstanceOfSatisfying(
                VerdictReached.class,
                reached -> assertThat(reached.facts()).isEqualTo(folded.verdict().data().facts()));
      }
    }
  }

  @Test
  void aRunThatEndedWithoutItsEvidenceIsJudgedAtTheDeadlineAndNeverConfirmed() {
    // Given
    Story story =
        Story.standard()
            .without(data -> data instanceof HealthWindow window && window.index() == 30);
    verdicts.give(story.evidence());
    verdicts.handedDown();

    // When
    verdicts.tick(DrivenVerdicts.DEADLINE.minus(A_MOMENT));
    List<Handed> before = verdicts.handedDown();
    verdicts.tick(A_MOMENT);
    verdicts.tick(A_MOMENT);

    // Then
    assertThat(before).isEmpty();
    assertThat(verdicts.handedDown())
        .singleElement()
        .extracting(Handed::event)
        .isInstanceOfSatisfying(
            VerdictReached.class,
            reached -> {
              assertThat(reached.outcome()).isEqualTo(VerdictReached.Outcome.INCONCLUSIVE);
              assertThat(reached.reason()).contains("1 of 70 windows");
            });
    assertThat(verdicts.counted("greenstick.verdict.deadlines")).isEqualTo(1);
  }

  @Test
  void aRunThatTheSchedulerNeverEndsIsInconclusiveWhenItsPlanIsLongOver() {
    // Given
    Story story = Story.standard().without(RunFinished.class::isInstance);
    Duration planned = Duration.ofSeconds(story.length());
    verdicts.give(story.evidence());
    verdicts.handedDown();

    // When
    verdicts.tick(planned.plus(DrivenVerdicts.OVERRUN).minus(A_MOMENT));
    List<Handed> before = verdicts.handedDown();
    verdicts.tick(A_MOMENT);
    verdicts.tick(A_MOMENT);

    // Then
    assertThat(before).isEmpty();
    Folded folded = Folded.of(DrivenVerdicts.asGiven(story.evidence()));
    List<Handed> handed = verdicts.handedDown();
    assertThat(handed).containsExactly(handed(folded.verdict()));
    assertThat(handed.getFirst().event())
        .isInstanceOfSatisfying(
            VerdictReached.class,
            reached -> {
              assertThat(reached.outcome()).isEqualTo(VerdictReached.Outcome.INCONCLUSIVE);
              assertThat(reached.end()).isEqualTo(VerdictReached.End.UNTOLD);
              assertThat(reached.reason())
                  .isEqualTo(
                      "the scheduler never ended the run, which was planned for 1m10s, and the"
                          + " deadline for its end has passed; lacking: the run's end");
            });
    assertThat(verdicts.counted("greenstick.verdict.deadlines")).isEqualTo(1);
    assertThat(verdicts.<Object>stored(Verdicts.DEADLINES)).isEmpty();
  }

  @Test
  void whatIsToldAfterTheDeadlineIsCountedAndKeptAndChangesNothing() {
    // Given
    Story story = Story.standard();
    List<Evidence> history = story.evidence();
    List<Evidence> end =
        history.stream().filter(evidence -> evidence.data() instanceof RunFinished).toList();
    verdicts.give(history.stream().filter(evidence -> !end.contains(evidence)).toList());
    verdicts.tick(Duration.ofHours(1));
    verdicts.handedDown();

    // When
    verdicts.give(end);
    verdicts.tick(Duration.ofDays(2));

    // Then
    assertThat(verdicts.handedDown()).isEmpty();
    assertThat(verdicts.counted("greenstick.verdict.events.late")).isEqualTo(1);
    assertThat(verdicts.<Evidence>stored(Verdicts.LATE).values())
        .extracting(Evidence::data)
        .containsExactly(end.getFirst().data());
  }

  @Test
  void aRunOfWhichNeitherPlanNorEndIsToldIsInconclusiveAfterADay() {
    // Given
    Story story =
        Story.of(0, 2, 3, 2)
            .without(data -> data instanceof RunPlanned || data instanceof RunFinished);
    verdicts.give(story.evidence());

    // When
    verdicts.tick(Duration.ofDays(1).minus(A_MOMENT));
    List<Handed> before = verdicts.handedDown();
    verdicts.tick(A_MOMENT);

    // Then
    assertThat(before).isEmpty();
    assertThat(verdicts.handedDown())
        .singleElement()
        .extracting(Handed::event)
        .isInstanceOfSatisfying(
            VerdictReached.class,
            reached -> {
              assertThat(reached.outcome()).isEqualTo(VerdictReached.Outcome.INCONCLUSIVE);
              assertThat(reached.reason()).endsWith("lacking: the run's plan, the run's end");
            });
  }

  @Test
  void aSkippedRunIsNeverJudged() {
    // Given
    verdicts.give(
        Topics.RUNS.name(),
        new RunSkipped(Examples.RUN, Examples.START, "it is not defined"),
        Examples.START);

    // When
    verdicts.tick(Duration.ofDays(30));

    // Then
    assertThat(verdicts.handedDown()).isEmpty();
  }

  @Test
  void whatComesAfterTheVerdictIsCountedAndChangesNothing() {
    // Given
    Story story =
        Story.standard()
            .without(data -> data instanceof HealthWindow window && window.index() == 30);
    verdicts.give(story.evidence());
    verdicts.tick(DrivenVerdicts.DEADLINE.plus(A_MOMENT));
    verdicts.handedDown();

    // When
    verdicts.give(
        Story.standard().evidence().stream()
            .filter(
                evidence -> evidence.data() instanceof HealthWindow window && window.index() == 30)
            .toList());
    verdicts.tick(DrivenVerdicts.DEADLINE.multipliedBy(3));

    // Then
    assertThat(verdicts.handedDown()).isEmpty();
    assertThat(verdicts.counted("greenstick.verdict.events.late")).isEqualTo(1);
  }

  @Test
  void aStopConditionIsToldOnceWhileTheFaultIsLive() {
    // Given
    Story story =
        Story.standard()
            .hypothesis(
                List.of("fault.availability >= 0.5"),
                List.of("fault.availability < 0.5 && fault.count >= 100.0"));
    for (int i = story.faultFrom(); i < story.recoveryFrom(); i++) {
      story.answered(i, new Answers(0, 0, 0, Story.RATE, 0, 0, 0));
    }

    // When
    verdicts.give(story.evidence());

    // Then
    List<Handed> handed = verdicts.handedDown();
    assertThat(handed)
        .extracting(one -> one.event().getClass())
        .isEqualTo(
            List.of(BaselineJudged.class, StopConditionBreached.class, VerdictReached.class));
    assertThat(handed.get(1).timestamp()).isEqualTo(story.at(story.faultFrom() + 2.2));
    assertThat(handed.get(1).event())
        .isInstanceOfSatisfying(
            StopConditionBreached.class,
            breached -> assertThat(breached.judgement().facts().get("fault.count")).isEqualTo(100));
  }

  @Test
  void whatCannotBeReadGoesToTheDeadLettersUntouchedAndTheStreamGoesOn() {
    // Given
    byte[] garbage = "{\"run\":".getBytes(StandardCharsets.UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add(CloudEventHeaders.TYPE, "no.such.type".getBytes(StandardCharsets.UTF_8));

    // When
    verdicts.give(Topics.HEALTH.name(), "some-run", garbage, headers, Examples.START);
    verdicts.give(Topics.FAULTS.name(), null, garbage, new RecordHeaders(), Examples.START);
    verdicts.give(Topics.FAULTS.name(), null, garbage, new RecordHeaders(), Examples.START);
    verdicts.give(Topics.RUNS.name(), new RunFinished(Examples.RUN), Examples.START.plusSeconds(1));

    // Then
    List<TestRecord<byte[], byte[]>> dead = verdicts.deadLetters();
    assertThat(dead)
        .extracting(
            TestRecord::getRecordTime,
            letter ->
                letter.key() == null ? null : new String(letter.key(), StandardCharsets.UTF_8),
            letter -> CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_TOPIC),
            letter -> CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_PARTITION),
            letter -> CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_OFFSET),
            letter -> CloudEventHeaders.text(letter.headers(), DeadLetter.READER))
        .containsExactly(
            tuple(Examples.START, "some-run", Topics.HEALTH.name(), "0", "0", "verdict"),
            tuple(Examples.START, null, Topics.FAULTS.name(), "0", "0", "verdict"),
            tuple(Examples.START, null, Topics.FAULTS.name(), "0", "1", "verdict"));
    assertThat(dead)
        .allSatisfy(
            letter -> {
              assertThat(letter.value()).isEqualTo(garbage);
              assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.REASON)).isNotBlank();
            });
    assertThat(CloudEventHeaders.text(dead.getFirst().headers(), CloudEventHeaders.TYPE))
        .isEqualTo("no.such.type");
    assertThat(verdicts.counted("greenstick.verdict.events")).isEqualTo(1);
    assertThat(verdicts.handedDown()).isEmpty();
  }

  private static Handed handed(Event<? extends VerdictEvent> event) {
    return new Handed(event.data().key(), event.data(), event.time());
  }

  @Test
  void anAgentWhoseClockIsYearsAheadIsJudgedByItsTimesInARecordThatABrokerTakes() {
    // Given
    Duration ahead = Duration.ofDays(3_650);
    List<Evidence> history =
        Story.of(0, 2, 3, 2).evidence().stream()
            .map(one -> new Evidence(one.data(), one.time().plus(ahead), one.origin()))
            .toList();

    // When
    verdicts.give(history);

    // Then
    assertThat(verdicts.handedDown())
        .hasSize(2)
        .allMatch(handed -> handed.timestamp().isBefore(Examples.START.plus(Duration.ofHours(1))));
  }
}
