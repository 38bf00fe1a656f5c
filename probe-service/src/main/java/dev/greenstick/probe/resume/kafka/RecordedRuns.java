package dev.greenstick.probe.resume.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.probe.resume.Recollection;
import dev.greenstick.probe.resume.Records;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the cluster's commands and what was emitted about their runs, from the broker and outside
 * of any consumer group. Windows are passed over unparsed.
 */
@ApplicationScoped
public class RecordedRuns implements Records {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // A command's timestamp is the scheduler's, and its clock may be off by this much.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final Set<String> OF_INTEREST =
      Set.of(
          Event.typeOf(ProbeStarted.class),
          Event.typeOf(ProbeRefused.class),
          Event.typeOf(ProbeFinished.class),
          Event.typeOf(ExpectationsLearned.class));

  private final Topic<Command> commands;
  private final Map<String, Object> settings = new HashMap<>();

  RecordedRuns(
      @ConfigProperty(name = "greenstick.cluster") String cluster,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.commands = Topics.commands(new ClusterName(cluster));
    kafka.forEach(
        (name, value) -> {
          if (ConsumerConfig.configNames().contains(name)) {
            settings.put(name, value);
          }
        });
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "greenstick-probe-recollection");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
  }

  @Override
  public Recollection recall(Duration longest, Instant now) throws Away {
    try {
      return read(longest, now);
    } catch (KafkaException e) {
      throw new Away(e);
    }
  }

  private Recollection read(Duration longest, Instant now) {
    Recollection recollection = new Recollection();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Instant oldest = now.minus(longest).minus(longest);
      EventDeserializer<Command> orders = new EventDeserializer<>(commands);
      read(
          consumer,
          commands.name(),
          oldest,
          record -> readable(orders, record, recollection::command));
      recollection
          .since(now)
          .ifPresent(
              since -> {
                EventDeserializer<HealthEvent> told = new EventDeserializer<>(Topics.HEALTH);
                read(
                    consumer,
                    Topics.HEALTH.name(),
                    since.minus(SKEW),
                    record -> {
                      String type =
                          CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE);
                      if (type != null && OF_INTEREST.contains(type)) {
                        readable(told, record, event -> recollection.health(event.data()));
                      }
                    });
              });
    }
    return recollection;
  }

  /** What is no event is the dead letters' concern, when it is read as what it should be. */
  private static <E extends EventData> void readable(
      EventDeserializer<E> deserializer,
      ConsumerRecord<byte[], byte[]> record,
      Consumer<Event<E>> taken) {
    if (deserializer.deserialize(record.topic(), record.headers(), record.value())
        instanceof Received.Readable<E> readable) {
      taken.accept(readable.event());
    }
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      Instant since,
      Consumer<ConsumerRecord<byte[], byte[]>> taken) {
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    if (known == null || known.isEmpty()) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topic);
    }
    List<TopicPartition> partitions =
        known.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> from = new HashMap<>();
    partitions.forEach(partition -> from.put(partition, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> begin = consumer.offsetsForTimes(from);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = begin.get(partition);
      consumer.seek(partition, first == null ? ends.get(partition) : first.offset());
    }
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      consumer.poll(POLL).forEach(taken);
    }
  }
}
