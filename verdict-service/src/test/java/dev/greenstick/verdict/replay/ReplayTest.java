package dev.greenstick.verdict.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.replay.Outcome.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  private static final int RUNS = 30;

  @TempDir private Path directory;

  private static List<Story> stories() {
    List<Story> stories = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Story story = Story.of(i, 2 + i % 3, 3, 2 + i % 4);
      if (i % 5 == 0) {
        story.answered(story.faultFrom(), new Answers(10, 0, 0, 40, 0, 0, 0));
      }
      stories.add(story);
    }
    return stories;
  }

  private static Judging again(String... assertions) {
    return new Judging.Again(
        Optional.of(new Hypothesis(List.of(), List.of(assertions), List.of())),
        Optional.empty(),
        false);
  }

  @Test
  void everyRecordedVerdictIsReachedAgainByteForByte() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(stories());
    Given sink = new Given();

    // When
    Counts counts = Given.verify(recording, sink);

    // Then
    assertThat(counts.clean()).isTrue();
    assertThat(counts.runs()).containsOnlyKeys(Status.IDENTICAL).containsValue((long) RUNS);
    assertThat(sink.outcomes())
        .extracting(Outcome::recorded)
        .contains(VerdictReached.Outcome.CONFIRMED, VerdictReached.Outcome.REFUTED);
  }

  @Test
  void aVerdictThatWasTamperedWithIsToldWithTheExactPlace() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(List.of(Story.of(1, 2, 3, 3)));
    var verdicts = recording.records(Topics.VERDICTS.name(), 0);
    var verdict = verdicts.removeLast();
    recording.add(
        verdict.topic(),
        0,
        java.time.Instant.ofEpochMilli(verdict.timestamp()),
        new String(verdict.key(), StandardCharsets.UTF_8),
        verdict.headers(),
        new String(verdict.value(), StandardCharsets.UTF_8)
            .replace("\"fault.count\":150.0", "\"fault.count\":151.0")
            .getBytes(StandardCharsets.UTF_8));
    Given sink = new Given();

    // When
    Counts counts = Given.verify(recording, sink);

    // Then
    assertThat(counts.clean()).isFalse();
    assertThat(sink.outcomes().getFirst().status()).isEqualTo(Status.DIFFERENT);
    assertThat(sink.outcomes().getFirst().differences())
        .containsExactly(new Difference("facts.fault.count", "151.0", "150.0"));
  }

  private static Story stopped() {
    return Story.of(1, 2, 4, 3)
        .hypothesis(
            List.of("fault.availability >= 0.1"),
            List.of("fault.errorRate > 50%", "longest(fault.errorRate > 50%) >= 2s"))
        .answered(3, new Answers(10, 0, 0, 40, 0, 0, 0))
        .answered(4, new Answers(10, 0, 0, 40, 0, 0, 0));
  }

  @Test
  void baselinesAndStopConditionsAreReachedAgainByteForByte() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(List.of(stopped(), Story.of(2, 2, 3, 3)));

    // When
    Counts counts = Given.verify(recording, new Given());

    // Then
    assertThat(counts.runs()).containsOnlyKeys(Status.IDENTICAL);
    assertThat(counts.earlier()).as("two baselines and two stop conditions").isEqualTo(4);
  }

  @Test
  void aBaselineOrStopConditionThatWasTamperedWithIsToldWithTheExactPlace() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(List.of(stopped()));
    var records = recording.records(Topics.VERDICTS.name(), 0);
    List<ConsumerRecord<byte[], byte[]>> handedDown = List.copyOf(records);
    records.clear();
    for (var record : handedDown) {
      recording.add(
          record.topic(),
          0,
          java.time.Instant.ofEpochMilli(record.timestamp()),
          new String(record.key(), StandardCharsets.UTF_8),
          record.headers(),
          new String(record.value(), StandardCharsets.UTF_8)
              .replace("\"steadiness\":\"steady\"", "\"steadiness\":\"unsteady\"")
              .replace("\"left\":2.0", "\"left\":3.0")
              .getBytes(StandardCharsets.UTF_8));
    }
    Given sink = new Given();

    // When
    Counts counts = Given.verify(recording, sink);

    // Then
    assertThat(counts.clean()).isFalse();
    assertThat(sink.outcomes().getFirst().differences())
        .containsExactly(
            new Difference("baseline-judged.steadiness", "\"unsteady\"", "\"steady\""),
            new Difference(
                "stop-condition-breached['longest(fault.errorRate > 50%) >= 2s'].judgement.left",
                "3.0", "2.0"));
  }

  @Test
  void aStopConditionThatNeverHeldIsADifference() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(List.of(stopped()));
    MemoryRecording harmless =
        MemoryRecording.of(
            List.of(
                Story.of(1, 2, 4, 3)
                    .hypothesis(
                        List.of("fault.availability >= 0.1"), List.of("fault.errorRate > 50%"))));
    var breach =
        recording.records(Topics.VERDICTS.name(), 0).stream()
            .filter(
                record ->
                    new String(record.value(), StandardCharsets.UTF_8)
                        .contains("\"fault.errorRate > 50%\""))
            .findFirst()
            .orElseThrow();
    harmless.records(Topics.VERDICTS.name(), 0).add(1, breach);
    Given sink = new Given();

    // When
    Given.verify(harmless, sink);

    // Then
    assertThat(sink.outcomes().getFirst().differences())
        .containsExactly(
            new Difference(
                "stop-condition-breached['fault.errorRate > 50%']",
                "handed down", "not due by what is recorded"));
  }

  @Test
  void aSecondVerdictIsADifferenceEvenWhenItIsTheSame() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(List.of(Story.of(1, 2, 3, 3)));
    var verdicts = recording.records(Topics.VERDICTS.name(), 0);
    var verdict = verdicts.getLast();
    recording.add(
        verdict.topic(),
        0,
        java.time.Instant.ofEpochMilli(verdict.timestamp()),
        new String(verdict.key(), StandardCharsets.UTF_8),
        verdict.headers(),
        verdict.value());

    // When
    Counts counts = Given.verify(recording, new Given());

    // Then
    assertThat(counts.secondVerdicts()).isEqualTo(1);
    assertThat(counts.clean()).isFalse();
  }

  @Test
  void evidenceThatIsGoneIsNeverVerified() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(List.of(Story.of(1, 2, 3, 3)));
    recording.records(Topics.HEALTH.name(), 0).removeFirst();
    Given sink = new Given();

    // When
    Given.verify(recording, sink);

    // Then
    assertThat(sink.outcomes()).extracting(Outcome::status).containsExactly(Status.NOT_WHOLE);
  }

  @Test
  void runsWithoutAnEndOrAVerdictAreToldAsSuch() throws Exception {
    // Given
    MemoryRecording recording =
        MemoryRecording.of(
            List.of(
                Story.of(1, 2, 3, 3).without(RunFinished.class::isInstance),
                Story.of(2, 2, 3, 3).without(ProbeFinished.class::isInstance)));
    Given sink = new Given();

    // When
    Counts counts = Given.verify(recording, sink);

    // Then
    assertThat(counts.runs()).containsOnlyKeys(Status.NOT_ENDED, Status.NO_VERDICT);
  }

  @Test
  void aVerdictWithoutTheRunsEndIsReachedAgainAndJudgedAgain() throws Exception {
    // Given
    MemoryRecording recording = new MemoryRecording();
    List<Evidence> told = new ArrayList<>();
    for (Evidence one : Story.of(1, 2, 3, 3).without(RunFinished.class::isInstance).evidence()) {
      told.add(new Evidence(one.data(), one.time(), recording.add(0, one.data(), one.time())));
    }
    recording.add(0, Folded.of(told).verdict(), UnaryOperator.identity());

    // When
    Counts verified = Given.verify(recording, new Given());
    Counts again =
        Given.replay(recording, Selection.ALL, again("fault.availability >= 0.1"), new Given());

    // Then
    assertThat(verified.runs()).containsOnlyKeys(Status.IDENTICAL);
    assertThat(again.runs()).containsOnlyKeys(Status.UNCHANGED);
  }

  @Test
  void underAnotherHypothesisOnlyTheRunsWhoseOutcomeChangesAreChanged() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(stories());
    Given sink = new Given();

    // When
    Counts counts =
        Given.replay(recording, Selection.ALL, again("fault.availability >= 0.1"), sink);

    // Then
    assertThat(counts.of(Status.CHANGED)).isEqualTo(RUNS / 5);
    assertThat(counts.of(Status.UNCHANGED)).isEqualTo(RUNS - RUNS / 5);
    assertThat(sink.outcomes())
        .filteredOn(outcome -> outcome.status() == Status.CHANGED)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.recorded()).isEqualTo(VerdictReached.Outcome.REFUTED);
              assertThat(outcome.replayed()).isEqualTo(VerdictReached.Outcome.CONFIRMED);
              assertThat(outcome.verdict().hypothesis().assertions())
                  .containsExactly("fault.availability >= 0.1");
            });
  }

  @Test
  void lateEventsAreCountedAndChangeTheOutcomeOnlyWhenTheyAreAsked() throws Exception {
    // Given
    Story story = Story.of(1, 2, 3, 3);
    MemoryRecording recording = MemoryRecording.of(List.of(story));
    HealthWindow late =
        (HealthWindow)
            Story.of(1, 2, 3, 3).answered(3, new Answers(0, 0, 0, 50, 0, 0, 0)).evidence().stream()
                .filter(event -> event.data() instanceof HealthWindow window && window.index() == 3)
                .findFirst()
                .orElseThrow()
                .data();
    recording.add(0, late, story.at(0));
    recording.records(Topics.HEALTH.name(), 0);
    Given with = new Given();

    // When
    Counts verified = Given.verify(recording, new Given());
    Counts without =
        Given.replay(
            recording,
            Selection.ALL,
            new Judging.Again(Optional.empty(), Optional.empty(), false),
            new Given());
    Given.replay(
        recording,
        Selection.ALL,
        new Judging.Again(Optional.empty(), Optional.empty(), true),
        with);

    // Then
    assertThat(verified.clean()).isTrue();
    assertThat(without.of(Status.UNCHANGED)).isEqualTo(1);
    assertThat(with.outcomes()).extracting(Outcome::status).containsExactly(Status.CHANGED);
    assertThat(with.outcomes().getFirst().replayed()).isEqualTo(VerdictReached.Outcome.REFUTED);
  }

  @Test
  void untilAnInstantOnlyWhatHappenedByThenCounts() throws Exception {
    // Given
    Story story = Story.of(1, 2, 3, 3);
    MemoryRecording recording = MemoryRecording.of(List.of(story));

    // When
    Counts counts =
        Given.replay(
            recording,
            Selection.ALL,
            new Judging.Again(Optional.empty(), Optional.of(story.at(4)), false),
            new Given());

    // Then
    assertThat(counts.runs()).containsOnlyKeys(Status.NOT_ENDED);
  }

  @Test
  void aSelectionIsJudgedAndNothingElse() throws Exception {
    // Given
    List<Story> stories = stories();
    MemoryRecording recording = MemoryRecording.of(stories);
    Story one = stories.get(7);
    var planned = one.at(-1);
    Selection all = Selection.ALL;
    List<Selection> selections =
        List.of(
            Selection.of(one.run().id()),
            new Selection(
                Optional.of(one.run().id()),
                Optional.of(one.run().experiment()),
                Optional.of(one.run().cluster()),
                Optional.of(planned),
                Optional.of(planned.plusNanos(1)),
                List.of()));

    for (Selection selection : selections) {
      // When
      Given sink = new Given();
      Counts counts = Given.replay(recording, selection, new Judging.Verify(), sink);

      // Then
      assertThat(sink.outcomes())
          .extracting(outcome -> outcome.run().id())
          .containsExactly(one.run().id());
      assertThat(counts.of(Status.IDENTICAL)).isEqualTo(1);
    }
    Given none = new Given();
    Given.replay(
        recording,
        new Selection(
            all.run(),
            all.experiment(),
            all.cluster(),
            all.since(),
            Optional.of(planned.minusSeconds(1_000)),
            List.of()),
        new Judging.Verify(),
        none);
    assertThat(none.outcomes()).isEmpty();
  }

  @Test
  void theOffsetsThatAVerdictNamesAreEnoughToReachIt() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(stories());
    Given all = new Given();
    Given.replay(recording, Selection.ALL, again("fault.count > 0"), all);
    VerdictReached one = all.judged().get(4).event().orElseThrow().data();
    List<OffsetRange> evidence = one.evidence();
    Given sink = new Given();

    // When
    Given.replay(
        recording,
        new Selection(
            Optional.of(one.run().id()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            evidence),
        new Judging.Verify(),
        sink);

    // Then
    assertThat(sink.outcomes()).extracting(Outcome::status).containsExactly(Status.IDENTICAL);
  }

  @Test
  void whatMemoryHasNoRoomForIsJudgedAlike() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(stories());

    // When
    Counts counts =
        new Replay(
                recording,
                Selection.ALL,
                new Judging.Verify(),
                new Replay.Limits(1, 1, Bounds.STANDARD))
            .run(new Given(), Given.pace(), Optional.empty());

    // Then
    assertThat(counts.runs()).containsOnlyKeys(Status.IDENTICAL).containsValue((long) RUNS);
  }

  @Test
  void aReplayThatWasInterruptedGoesOnAndJudgesNoRunTwice() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(stories());
    Path progress = directory.resolve("progress");
    Path file = directory.resolve("outcomes");
    AtomicInteger rest = new AtomicInteger(RUNS / 2);
    Sink breaking =
        new Given() {
          private final FileSink into = new FileSink(file);

          @Override
          public void begin(java.util.Set<java.util.UUID> done) {
            try {
              into.begin(done);
            } catch (RecordingException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void take(Judged one) throws RecordingException {
            if (rest.decrementAndGet() < 0) {
              throw new RecordingException("the disk is full");
            }
            into.take(one);
            into.flush();
          }
        };

    // When
    assertThatThrownBy(() -> replay(recording).run(breaking, Given.pace(), Optional.of(progress)))
        .hasMessage("the disk is full");
    Files.writeString(progress, Files.readString(progress) + "{\"torn");
    Counts counts;
    try (FileSink sink = new FileSink(file)) {
      counts = replay(recording).run(sink, Given.pace(), Optional.of(progress));
    }

    // Then
    assertThat(counts.of(Status.IDENTICAL)).isEqualTo(RUNS);
    assertThat(Files.readAllLines(file)).hasSize(RUNS).doesNotHaveDuplicates();
  }

  @Test
  void aProgressFileOfAnotherReplayIsRefused() throws Exception {
    // Given
    MemoryRecording recording = MemoryRecording.of(stories());
    Path progress = directory.resolve("progress");
    replay(recording).run(new Given(), Given.pace(), Optional.of(progress));

    // When, Then
    assertThatThrownBy(
            () ->
                new Replay(recording, Selection.ALL, again("run.count > 1"), Given.LIMITS)
                    .run(new Given(), Given.pace(), Optional.of(progress)))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("is of another replay");
  }

  private static Replay replay(Recording recording) {
    return new Replay(
        recording,
        Selection.ALL,
        new Judging.Verify(),
        new Replay.Limits(1, 64 << 20, Bounds.STANDARD));
  }
}
