package dev.greenstick.probe;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What is around the probe on Kafka: the scheduler that commands, and whoever reads. */
record KafkaTopics(String servers) {

  static final Topic<Command> COMMANDS = Topics.commands(Examples.CLUSTER);

  private static final URI SCHEDULER = URI.create("/scheduler");
  private static final Clock WALL = Clock.systemUTC();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  void send(Command command) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new EventSerializer<Command>())) {
      producer
          .send(
              new ProducerRecord<>(
                  COMMANDS.name(), command.key(), Event.of(SCHEDULER, WALL.instant(), command)))
          .get();
    }
  }

  /** Sends what is no command. */
  void sendText(String key, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(COMMANDS.name(), key, value)).get();
    }
  }

  /** The first event of a run that is wanted; waits for it. */
  HealthEvent await(RunRef run, Predicate<HealthEvent> wanted) {
    return (HealthEvent)
        read(
            Topics.HEALTH,
            awaitRecord(
                Topics.HEALTH.name(),
                record ->
                    text(record.key()).equals(run.id().toString())
                        && wanted.test((HealthEvent) read(Topics.HEALTH, record))));
  }

  /** Every event of a run so far. */
  List<HealthEvent> events(RunRef run) {
    List<HealthEvent> events = new ArrayList<>();
    try (var consumer = consumer()) {
      List<TopicPartition> partitions = fromTheBeginning(consumer, Topics.HEALTH.name());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (text(record.key()).equals(run.id().toString())) {
            events.add((HealthEvent) read(Topics.HEALTH, record));
          }
        }
      }
    }
    return events;
  }

  /** The first record of a topic that is wanted; waits for it. */
  ConsumerRecord<byte[], byte[]> awaitRecord(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Instant deadline = WALL.instant().plus(PATIENCE);
    try (var consumer = consumer()) {
      fromTheBeginning(consumer, topic);
      while (WALL.instant().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
    }
    throw new AssertionError("no such record in " + topic + " within " + PATIENCE);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> fromTheBeginning(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  static <E extends EventData> EventData read(
      Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
    Received<E> received =
        new EventDeserializer<>(topic)
            .deserialize(record.topic(), record.headers(), record.value());
    return switch (received) {
      case Received.Readable<E> readable -> readable.event().data();
      case Received.Unreadable<E> unreadable -> throw new AssertionError(unreadable.reason());
    };
  }

  static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
