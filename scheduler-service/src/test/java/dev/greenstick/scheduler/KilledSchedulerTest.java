package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.broker.junit.BootstrapServers;
import dev.greenstick.broker.junit.KillableProcess;
import dev.greenstick.broker.junit.RealKafka;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, a real broker, SIGKILL at any moment; the seed is in every message. */
@ExtendWith(RealKafka.class)
class KilledSchedulerTest {

  private static final long SEED = 20261124;
  private static final Path LOG = Path.of("target", "killed-scheduler.log");
  private static final int RUNS = 40;
  private static final int KILLS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final InstantSource clock = InstantSource.system();

  @Test
  void everyRunIsPlannedOnceAndEveryCommandGivenOnceHoweverOftenTheSchedulerIsKilled(
      BootstrapServers kafka, @TempDir Path state) throws Exception {
    // Given
    SplittableRandom random = new SplittableRandom(SEED);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.value()))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    }
    KillableProcess scheduler = start(kafka, state);
    try (Agents agents = new Agents(kafka)) {
      // When
      int requested = 0;
      int kills = 0;
      Duration until = Duration.ofMillis(random.nextInt(2_000));
      Instant next = clock.instant();
      Instant giveUp = next.plus(PATIENCE);
      while ((agents.ended < RUNS || kills < KILLS) && clock.instant().isBefore(giveUp)) {
        assertThat(scheduler.process().isAlive()).as("see %s, seed %d", LOG, SEED).isTrue();
        agents.answer();
        if (requested < RUNS && clock.instant().isAfter(next)) {
          agents.request(requested++);
          next = next.plusMillis(300);
        }
        // Every third is killed while it starts, restores or joins.
        Instant from = kills % 3 == 2 ? scheduler.at() : scheduler.running().getNow(giveUp);
        if (kills < KILLS && clock.instant().isAfter(from.plus(until))) {
          scheduler.kill();
          scheduler = start(kafka, state);
          kills++;
          until = Duration.ofMillis(random.nextInt(2_000));
        }
      }

      // Then
      assertThat(kills).as("kills, seed %d", SEED).isEqualTo(KILLS);
      assertThat(deadLetters(kafka)).as("dead letters, seed %d", SEED).isEmpty();
      List<RunEvent> told = everything(kafka, Topics.RUNS);
      List<Command> ordered = everything(kafka, Topics.commands(Examples.CLUSTER));
      assertThat(told.stream().filter(RunFinished.class::isInstance))
          .as("finished, seed %d", SEED)
          .hasSize(RUNS);
      assertThat(told.stream().map(event -> event.run().id() + Event.typeOf(event.getClass())))
          .as("seed %d", SEED)
          .doesNotHaveDuplicates()
          .hasSize(3 * RUNS);
      assertThat(ordered.stream().map(Command::command))
          .as("seed %d", SEED)
          .doesNotHaveDuplicates()
          .hasSize(3 * RUNS);
    } finally {
      scheduler.kill();
    }
  }

  private KillableProcess start(BootstrapServers kafka, Path state) throws IOException {
    return KillableProcess.start(
        KilledScheduler.class, LOG, clock, kafka.value(), state.toString());
  }

  private static <E extends EventData> List<E> everything(BootstrapServers kafka, Topic<E> topic) {
    List<E> all = new ArrayList<>();
    try (KafkaConsumer<String, Received<E>> consumer = consumer(kafka, topic)) {
      var partitions = consumer.assignment();
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> all.add(data(record)));
      }
    }
    return all;
  }

  /** Why each record that the scheduler buried could not be taken up. */
  private static List<String> deadLetters(BootstrapServers kafka) {
    List<String> reasons = new ArrayList<>();
    TopicPartition only = new TopicPartition(Topics.DEAD_LETTERS, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.value(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).get(only);
      while (consumer.position(only) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> reasons.add(CloudEventHeaders.text(record.headers(), DeadLetter.REASON)));
      }
    }
    return reasons;
  }

  private static <E extends EventData> E data(ConsumerRecord<String, Received<E>> record) {
    return ((Received.Readable<E>) record.value()).event().data();
  }

  private static <E extends EventData> KafkaConsumer<String, Received<E>> consumer(
      BootstrapServers kafka, Topic<E> topic) {
    KafkaConsumer<String, Received<E>> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.value(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new EventDeserializer<>(topic));
    consumer.assign(
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  /** Probe, injector and verdict in one, who answer at once. */
  private final class Agents implements AutoCloseable {

    private final KafkaConsumer<String, Received<Command>> commands;
    private final KafkaConsumer<String, Received<RunEvent>> runs;
    private final KafkaProducer<String, byte[]> producer;
    private int ended;

    Agents(BootstrapServers kafka) {
      commands = consumer(kafka, Topics.commands(Examples.CLUSTER));
      runs = consumer(kafka, Topics.RUNS);
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", kafka.value()),
              new StringSerializer(),
              new ByteArraySerializer());
    }

    void request(int number) {
      ExperimentName name = new ExperimentName("experiment-" + number);
      Experiment like = Examples.experiment();
      Experiment experiment =
          new Experiment(
              new Experiment.Metadata(name, Map.of()),
              new Experiment.Spec(
                  like.spec().clusters(),
                  like.spec().probes(),
                  like.spec().baseline(),
                  like.spec().hypothesis(),
                  like.spec().steps(),
                  Duration.ofSeconds(1)));
      send(Topics.EXPERIMENTS, new ExperimentDefined(experiment));
      send(Topics.REQUESTS, new RunRequested(name, clock.instant(), "test"));
    }

    void answer() {
      for (ConsumerRecord<String, Received<RunEvent>> record : runs.poll(Duration.ZERO)) {
        ended += data(record) instanceof RunFinished ? 1 : 0;
      }
      for (ConsumerRecord<String, Received<Command>> record :
          commands.poll(Duration.ofMillis(200))) {
        Command command = data(record);
        RunRef run = command.run();
        switch (command) {
          case ProbeStart start -> {
            send(Topics.HEALTH, new ProbeStarted(run, clock.instant(), List.of(Examples.PROBE)));
            send(
                Topics.VERDICTS,
                new BaselineJudged(
                    start.run(), BaselineJudged.Steadiness.STEADY, List.of(), "steady"));
          }
          case FaultInject inject -> {
            FaultInjected injected = Examples.faultInjected();
            send(
                Topics.FAULTS,
                new FaultInjected(
                    run,
                    inject.fault(),
                    inject.step(),
                    injected.spec(),
                    1,
                    injected.pods(),
                    clock.instant(),
                    clock.instant(),
                    clock.instant(),
                    "not at all"));
            send(
                Topics.FAULTS,
                new FaultReverted(
                    run,
                    inject.fault(),
                    inject.step(),
                    FaultReverted.Cause.DURATION_ELAPSED,
                    "over",
                    List.of(),
                    clock.instant()));
          }
          case ProbeStop _ -> {
            send(
                Topics.HEALTH,
                new ProbeFinished(
                    run,
                    clock.instant(),
                    Map.of(Examples.PROBE, 1),
                    ProbeFinished.Cause.COMMANDED));
          }
          case FaultRevert revert -> throw new AssertionError(revert.toString());
        }
      }
    }

    private <E extends EventData> void send(Topic<E> topic, E data) {
      var record = new ProducerRecord<String, byte[]>(topic.name(), null, data.key(), null);
      byte[] value;
      try (EventSerializer<E> serializer = new EventSerializer<>()) {
        value =
            serializer.serialize(
                topic.name(), record.headers(), Event.of(Scheduler.SOURCE, clock.instant(), data));
      }
      var _ =
          producer.send(
              new ProducerRecord<>(topic.name(), null, data.key(), value, record.headers()),
              (sent, failure) -> assertThat(failure).isNull());
    }

    @Override
    public void close() {
      commands.close();
      runs.close();
      producer.close();
    }
  }
}
