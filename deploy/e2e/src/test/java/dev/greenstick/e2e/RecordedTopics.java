package dev.greenstick.e2e;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.ClusterName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Everything that lies in Greenstick's topics now, read with a bare consumer, as any subscriber
 * would.
 */
final class RecordedTopics {

  private static final Duration POLL = Duration.ofMillis(200);

  private RecordedTopics() {}

  /**
   * Every committed record of every topic of events, topic by topic, in the order of the offsets.
   */
  static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, ClusterName cluster) {
    return read(bootstrapServers, Topics.all(List.of(cluster)).stream().map(topic -> topic.name()));
  }

  /** Every committed record of the dead letters. */
  static List<ConsumerRecord<byte[], byte[]>> deadLetters(String bootstrapServers) {
    return read(bootstrapServers, Stream.of(Topics.DEAD_LETTERS));
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrapServers, Stream<String> topics) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
