package dev.greenstick.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.broker.junit.BootstrapServers;
import dev.greenstick.broker.junit.KillableProcess;
import dev.greenstick.broker.junit.RealKafka;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.history.Evidence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, a real broker, SIGKILL at any moment; the seed is in every message. */
@ExtendWith(RealKafka.class)
class KilledVerdictsTest {

  private static final long SEED = 20261124;
  private static final Path LOG = Path.of("target", "killed-verdicts.log");
  private static final int RUNS = 40;
  private static final int AT_ONCE = 6;
  private static final int KILLS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final InstantSource clock = InstantSource.system();
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void everyRunHasOneBaselineAndOneVerdictHoweverOftenTheServiceIsKilled(
      BootstrapServers kafka, @TempDir Path state) throws Exception {
    // Given
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.value()))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    }
    List<Story> stories = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      stories.add(Story.of(i, 2, 3, 2).answered(3, new Answers(49 - i % 2, 0, 0, 1, 0, 0, 0)));
    }
    Deque<Evidence> untold = together(stories);
    int all = untold.size();
    List<VerdictEvent> told = new ArrayList<>();
    KillableProcess service = start(kafka, state);
    try (KafkaProducer<String, Event<? extends RunData>> producer = producer(kafka);
        KafkaConsumer<String, Received<VerdictEvent>> verdicts = consumer(kafka)) {
      // When
      int kills = 0;
      Duration until = Duration.ofMillis(random.nextInt(2_000));
      Instant giveUp = clock.instant().plus(PATIENCE);
      while ((told.size() < 2 * RUNS || kills < KILLS) && clock.instant().isBefore(giveUp)) {
        assertThat(service.process().isAlive()).as("see %s, seed %d", LOG, SEED).isTrue();
        // A share of it between two kills, so that each finds runs half told.
        int left = all - all * (kills + 1) / (KILLS + 1);
        for (int i = 0; i < 10 && untold.size() > left; i++) {
          tell(producer, untold.remove());
        }
        verdicts.poll(Duration.ofMillis(50)).forEach(record -> told.add(data(record.value())));
        // Every third is killed while it starts, restores or joins.
        Instant from = kills % 3 == 2 ? service.at() : service.running().getNow(giveUp);
        if (kills < KILLS && clock.instant().isAfter(from.plus(until))) {
          service.kill();
          service = start(kafka, state);
          kills++;
          until = Duration.ofMillis(random.nextInt(2_000));
        }
      }
      // What is told once too often may come a little later.
      Instant quiet = clock.instant().plusSeconds(2);
      while (clock.instant().isBefore(quiet)) {
        verdicts.poll(Duration.ofMillis(200)).forEach(record -> told.add(data(record.value())));
      }

      // Then
      assertThat(kills).as("kills, seed %d", SEED).isEqualTo(KILLS);
      stories.forEach(story -> assertOneBaselineAndOneVerdict(story, told));
    } finally {
      service.kill();
    }
  }

  private static void assertOneBaselineAndOneVerdict(Story story, List<VerdictEvent> told) {
    List<VerdictEvent> ofIt =
        told.stream().filter(event -> event.run().equals(story.run())).toList();
    assertThat(ofIt)
        .as("%s, seed %d", story.run(), SEED)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            BaselineJudged.class.getSimpleName(), VerdictReached.class.getSimpleName());
    VerdictReached expected = Folded.of(story.evidence()).verdict().data();
    VerdictReached reached = (VerdictReached) ofIt.getLast();
    assertThat(reached.reason()).as("%s, seed %d", story.run(), SEED).isEqualTo(expected.reason());
    assertThat(reached.judgements()).isEqualTo(expected.judgements());
    assertThat(reached.facts()).isEqualTo(expected.facts());
  }

  /** The events of all stories, each story's in its order, some stories at once. */
  private Deque<Evidence> together(List<Story> stories) {
    Deque<Evidence> together = new ArrayDeque<>();
    Deque<Story> waiting = new ArrayDeque<>(stories);
    List<Deque<Evidence>> going = new ArrayList<>();
    while (!waiting.isEmpty() || !going.isEmpty()) {
      while (going.size() < AT_ONCE && !waiting.isEmpty()) {
        going.add(new ArrayDeque<>(waiting.remove().evidence()));
      }
      int next = random.nextInt(going.size());
      together.add(going.get(next).remove());
      if (going.get(next).isEmpty()) {
        going.remove(next);
      }
    }
    return together;
  }

  private static void tell(
      KafkaProducer<String, Event<? extends RunData>> producer, Evidence evidence) {
    var _ =
        producer.send(
            new ProducerRecord<>(
                evidence.origin().topic(),
                evidence.data().key(),
                Event.of(URI.create("/test"), evidence.time(), evidence.data())));
  }

  private static KafkaProducer<String, Event<? extends RunData>> producer(BootstrapServers kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.value()),
        new StringSerializer(),
        new EventSerializer<RunData>());
  }

  private static KafkaConsumer<String, Received<VerdictEvent>> consumer(BootstrapServers kafka) {
    KafkaConsumer<String, Received<VerdictEvent>> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.value(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new EventDeserializer<>(Topics.VERDICTS));
    consumer.assign(
        consumer.partitionsFor(Topics.VERDICTS.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  private static VerdictEvent data(Received<VerdictEvent> received) {
    return ((Received.Readable<VerdictEvent>) received).event().data();
  }

  private KillableProcess start(BootstrapServers kafka, Path state) throws IOException {
    return KillableProcess.start(KilledVerdicts.class, LOG, clock, kafka.value(), state.toString());
  }
}
