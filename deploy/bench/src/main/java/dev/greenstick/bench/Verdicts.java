package dev.greenstick.bench;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Counts the verdicts that are reached from now on. */
final class Verdicts {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KafkaConsumer<String, Received<VerdictEvent>> consumer;

  Verdicts(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new EventDeserializer<>(Topics.VERDICTS));
    consumer.assign(
        consumer.partitionsFor(Topics.VERDICTS.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** Waits for so many more. */
  void await(int count) {
    int reached = 0;
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (reached < count) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "only " + reached + " of " + count + " verdicts within " + PATIENCE.toSeconds() + " s");
      }
      for (var received : consumer.poll(POLL)) {
        if (received.value() instanceof Received.Readable<VerdictEvent> readable
            && readable.event().data() instanceof VerdictReached) {
          reached++;
        }
      }
    }
  }
}
