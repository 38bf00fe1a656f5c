package dev.greenstick.verdict.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.contracts.wire.JsonSerde;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.LiveTally;
import dev.greenstick.verdict.run.HandedDown;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each topic comes in its order, but the topics in any, and records come again. */
class FoldRunsTest {

  private static final int INTERLEAVINGS = 500;

  private static final int RESTARTED = 15;

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofMinutes(15), Duration.ofSeconds(1));

  private static final StoreNames NAMES =
      new StoreNames("runs", "evidence", "tallies", "deadlines", "handed-down");

  @TempDir private Path state;

  @Test
  void inAnyInterleavingOfTheTopicsThereIsTheSameOneVerdict() {
    MockProcessorContext<String, Told> context = context();
    FoldRuns processor = processor(context);
    for (int seed = 0; seed < INTERLEAVINGS; seed++) {
      // Given
      Random random = new Random(seed);
      Story story =
          Story.of(seed, 2, 3, 3)
              .hypothesis(
                  List.of("fault.availability >= 0.9", "recovery.time <= duration('2s')"),
                  List.of("fault.availability < 0.1"))
              .answered(random.nextInt(8), new Answers(40, 0, 0, 10, 0, 0, 0));
      VerdictReached expected = Folded.of(story.evidence()).verdict().data();

      // When
      for (Evidence event : interleaved(story.evidence(), random)) {
        processor.process(record(event));
        if (random.nextInt(5) == 0) {
          processor.process(record(event));
        }
      }

      // Then
      List<VerdictEvent> out = handedDown(context);
      assertThat(out).as("seed %d", seed).hasSize(2);
      assertThat(out.get(0)).as("seed %d", seed).isInstanceOf(BaselineJudged.class);
      assertThat(Json.text(out.get(1))).as("seed %d", seed).isEqualTo(Json.text(expected));
      context.resetForwards();
    }
  }

  @Test
  void ofTwoEventsThatContradictEachOtherTheEarlierCountsWhicheverComesFirst() {
    MockProcessorContext<String, Told> context = context();
    FoldRuns processor = processor(context);
    int number = 0;
    for (Class<? extends RunData> type :
        List.of(FaultReverted.class, FaultInjected.class, StepStarted.class, HealthWindow.class)) {
      for (boolean laterFirst : List.of(false, true)) {
        // Given
        List<Evidence> events = Story.of(number++, 2, 3, 3).evidence();
        Evidence told =
            events.stream()
                .filter(event -> type.isInstance(event.data()))
                .findFirst()
                .orElseThrow();
        Evidence otherwise =
            new Evidence(otherwise(told.data()), told.time().plusMillis(1), told.origin());
        VerdictReached expected = Folded.of(events).verdict().data();
        List<Evidence> twice = new ArrayList<>(events);
        twice.add(twice.indexOf(told) + (laterFirst ? 0 : 1), otherwise);

        // When
        twice.forEach(event -> processor.process(record(event)));

        // Then
        assertThat(handedDown(context))
            .as("%s, later first: %s", type.getSimpleName(), laterFirst)
            .last()
            .extracting(Json::text)
            .isEqualTo(Json.text(expected));
        context.resetForwards();
      }
    }
  }

  @Test
  void whatIsInMemoryIsMadeAnewOfTheStoresWheneverItIsLost() {
    int breaches = 0;
    for (int seed = 0; seed < RESTARTED; seed++) {
      // Given
      Random random = new Random(seed);
      List<Evidence> told = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        told.addAll(braked(10 * seed + i, random).evidence());
      }
      Collections.shuffle(told, random);
      MockProcessorContext<String, Told> undisturbed = context();
      FoldRuns processor = processor(undisturbed);
      told.forEach(event -> processor.process(record(event)));
      MockProcessorContext<String, Told> context = context();
      FoldRuns disturbed = processor(context, 1);

      // When
      for (Evidence event : told) {
        if (random.nextInt(20) == 0) {
          disturbed = processor(context, 1 + random.nextInt(3));
        }
        disturbed.process(record(event));
      }

      // Then
      assertThat(handedDown(context).stream().map(Json::text))
          .as("seed %d", seed)
          .containsExactlyElementsOf(handedDown(undisturbed).stream().map(Json::text).toList());
      breaches +=
          (int)
              handedDown(context).stream().filter(StopConditionBreached.class::isInstance).count();
    }
    assertThat(breaches).as("stop conditions that were breached").isGreaterThan(RESTARTED / 2);
  }

  private static Story braked(int number, Random random) {
    Story story =
        Story.of(number, 5, 60 + random.nextInt(60), 5)
            .hypothesis(
                List.of("fault.availability >= 0.9"),
                List.of(
                    "fault.availability < 0.95",
                    "fault.latency.p90 > 4ms",
                    "longest(fault.availability < 0.9) >= 3s"));
    for (int i = 5; i < 65; i++) {
      if (random.nextInt(3) == 0) {
        story.answered(i, new Answers(40, 0, 0, 10, 0, 0, 0));
      }
      if (random.nextInt(12) == 0) {
        story.took(i, 10_000);
      }
    }
    return story;
  }

  @Test
  void aDeadlineOutlivesARestart() {
    // Given
    MockProcessorContext<String, Told> context = context();
    Story story = Story.of(0, 2, 3, 2).without(RunFinished.class::isInstance);
    FoldRuns killed = processor(context);
    story.evidence().forEach(event -> killed.process(record(event)));
    long deadline = 34_000 + PATIENCE.overrun().toMillis();
    context.setCurrentSystemTimeMs(deadline - 20_000);
    processor(context);
    context.resetForwards();

    // When
    punctuate(context, deadline - 1);
    List<VerdictEvent> before = handedDown(context);
    punctuate(context, deadline);

    // Then
    assertThat(before).isEmpty();
    assertThat(handedDown(context))
        .singleElement()
        .extracting(Json::text)
        .isEqualTo(Json.text(Folded.of(story.evidence()).verdict().data()));
  }

  @Test
  void whatWasToldDuringAnOutageIsReadBeforeItIsJudgedThatItIsLacking() {
    // Given
    MockProcessorContext<String, Told> context = context();
    Story story = Story.of(0, 2, 3, 2);
    List<Evidence> history = story.evidence();
    FoldRuns killed = processor(context);
    history.subList(0, 4).forEach(event -> killed.process(record(event)));
    long after = Duration.ofHours(1).toMillis();
    context.setCurrentSystemTimeMs(after);
    FoldRuns processor = processor(context);
    context.resetForwards();

    // When
    for (Evidence event : history.subList(4, history.size())) {
      after += 1_000;
      context.setCurrentSystemTimeMs(after);
      processor.process(record(event));
      punctuate(context, after);
    }

    // Then
    assertThat(handedDown(context))
        .last()
        .extracting(Json::text)
        .isEqualTo(Json.text(Folded.of(history).verdict().data()));
  }

  @Test
  void whereOldRecordsAreReadForEverADeadlineIsPutOffNoLongerThanAnOverrun() {
    // Given
    MockProcessorContext<String, Told> context = context();
    context.setCurrentSystemTimeMs(Duration.ofHours(1).toMillis());
    FoldRuns processor = processor(context);
    Story.of(0, 2, 3, 2)
        .without(ProbeFinished.class::isInstance)
        .evidence()
        .forEach(event -> processor.process(record(event)));
    context.resetForwards();
    long begin = context.currentSystemTimeMs();

    // When
    Evidence old = Story.of(1, 2, 3, 2).evidence().getFirst();
    long now = begin;
    while (handedDown(context).isEmpty() && now < 10 * begin) {
      now += 1_000;
      context.setCurrentSystemTimeMs(now);
      processor.process(new Record<>(old.data().key(), new Inbound.Read(old), 0));
      punctuate(context, now);
    }

    // Then
    assertThat(Duration.ofMillis(now - begin)).isEqualTo(PATIENCE.overrun());
  }

  private static void punctuate(MockProcessorContext<String, Told> context, long now) {
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().getLast().getPunctuator().punctuate(now);
  }

  private static RunData otherwise(RunData data) {
    return switch (data) {
      case FaultReverted it ->
          new FaultReverted(
              it.run(),
              it.fault(),
              it.step(),
              it.cause(),
              it.reason(),
              it.pods(),
              it.revertedAt().plusSeconds(2));
      case FaultInjected it ->
          new FaultInjected(
              it.run(),
              it.fault(),
              it.step(),
              it.spec(),
              it.candidates(),
              it.pods(),
              it.startedAt().minusSeconds(1),
              it.injectedAt(),
              it.revertBy(),
              it.method());
      case StepStarted it ->
          new StepStarted(it.run(), it.step(), List.of(FaultId.of(it.run().id(), it.step(), 7, 7)));
      case HealthWindow it ->
          new HealthWindow(
              it.run(),
              it.probe(),
              it.index(),
              it.start(),
              new Answers(0, 0, 0, 50, 0, 0, 0),
              it.latency(),
              it.labels(),
              it.latenessMicros(),
              it.exemplars());
      default -> throw new IllegalArgumentException(data.toString());
    };
  }

  private FoldRuns processor(MockProcessorContext<String, Told> context) {
    return processor(context, 1_000);
  }

  private FoldRuns processor(MockProcessorContext<String, Told> context, int mostLive) {
    FoldRuns processor =
        new FoldRuns(
            NAMES, Folded.FOLD, PATIENCE, mostLive, new Counters(new SimpleMeterRegistry()));
    processor.init(context);
    return processor;
  }

  private MockProcessorContext<String, Told> context() {
    MockProcessorContext<String, Told> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), state.toFile());
    context.setCurrentSystemTimeMs(0);
    add(context, NAMES.runs(), new JsonSerde<>(Progress.class));
    add(context, NAMES.evidence(), new EvidenceSerde());
    add(context, NAMES.tallies(), new JsonSerde<>(LiveTally.class));
    add(context, NAMES.deadlines(), Serdes.ByteArray());
    add(context, NAMES.handedDown(), new JsonSerde<>(HandedDown.class));
    return context;
  }

  private static <V> void add(
      MockProcessorContext<String, Told> context, String name, Serde<V> values) {
    KeyValueStore<String, V> store =
        org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name),
                Serdes.String(),
                values)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private static Record<String, Inbound> record(Evidence evidence) {
    return new Record<>(evidence.data().key(), new Inbound.Read(evidence), 0);
  }

  private static List<VerdictEvent> handedDown(MockProcessorContext<String, Told> context) {
    return context.forwarded().stream()
        .<VerdictEvent>mapMulti(
            (forward, to) -> {
              if (forward.record().value() instanceof Told.Judged(var event)) {
                to.accept(event.data());
              }
            })
        .toList();
  }

  private static List<Evidence> interleaved(List<Evidence> events, Random random) {
    Deque<Evidence> runs = only(events, RunEvent.class);
    Deque<Evidence> faults = only(events, FaultEvent.class);
    Deque<Evidence> health =
        new ArrayDeque<>(
            events.stream()
                .filter(event -> event.origin().topic().equals(Topics.HEALTH.name()))
                .toList());
    List<Deque<Evidence>> topics = new ArrayList<>(List.of(runs, faults, health));
    List<Evidence> interleaved = new ArrayList<>();
    while (!topics.isEmpty()) {
      int next = random.nextInt(topics.size());
      if (topics.get(next).isEmpty()) {
        topics.remove(next);
      } else {
        interleaved.add(topics.get(next).remove());
      }
    }
    return interleaved;
  }

  private static Deque<Evidence> only(List<Evidence> events, Class<? extends RunData> type) {
    return new ArrayDeque<>(events.stream().filter(one -> type.isInstance(one.data())).toList());
  }
}
