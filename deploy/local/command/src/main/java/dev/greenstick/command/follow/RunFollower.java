package dev.greenstick.command.follow;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the events of one run from the topics that tell of runs, from their beginning. For one
 * thread.
 */
public final class RunFollower implements AutoCloseable {

  private static final List<Topic<? extends RunData>> FOLLOWED =
      List.of(Topics.RUNS, Topics.FAULTS, Topics.HEALTH, Topics.VERDICTS);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, EventDeserializer<? extends RunData>> readers = new HashMap<>();
  private long unreadable;

  /** A follower on the broker; reads nothing yet. */
  public RunFollower(String bootstrapServers) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false,
                "client.id", "greenstick-command"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    FOLLOWED.forEach(topic -> readers.put(topic.name(), new EventDeserializer<>(topic)));
    List<TopicPartition> partitions = FOLLOWED.stream().flatMap(RunFollower::partitions).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private static Stream<TopicPartition> partitions(Topic<?> topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition));
  }

  /** The run's next events, in the order in which they were read; none when none come in time. */
  public List<Event<? extends RunData>> next(RunId run, Duration atMost) {
    List<Event<? extends RunData>> events = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
      if (run.toString().equals(record.key())) {
        read(record, events);
      }
    }
    return events;
  }

  private void read(ConsumerRecord<String, byte[]> record, List<Event<? extends RunData>> into) {
    Received<? extends RunData> received =
        readers.get(record.topic()).deserialize(record.topic(), record.headers(), record.value());
    switch (received) {
      case Received.Readable<? extends RunData> readable -> into.add(readable.event());
      case Received.Unreadable<? extends RunData> nothing -> unreadable++;
      case null -> unreadable++;
    }
  }

  /** How many records of the run were no events. */
  public long unreadable() {
    return unreadable;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
