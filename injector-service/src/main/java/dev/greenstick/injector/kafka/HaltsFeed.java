package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.injector.Figures;
import dev.greenstick.injector.Injector;
import dev.greenstick.injector.safety.Halts;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the kill switch: the whole topic at the start, and then every word on it. Each injector
 * reads it for itself, also one that only stands by.
 *
 * <p>A record that cannot be read stops its scope: whoever wrote it meant the kill switch, and of
 * the two mistakes stopping is the one that harms nobody.
 */
@ApplicationScoped
class HaltsFeed {

  private static final Logger LOG = Logger.getLogger(HaltsFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int TIMEOUT_MILLIS = 4_000;

  /** Somebody who must know what was on the topic up to these offsets. */
  private record Asked(Map<TopicPartition, Long> until, CompletableFuture<Void> reached) {}

  private final Map<String, Object> config;
  private final Injector injector;
  private final Figures figures;
  private final Admin admin;
  private final EventDeserializer<HaltEvent> deserializer = new EventDeserializer<>(Topics.HALTS);
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** How far the topic is read; empty while it is not known as a whole. */
  private volatile Map<TopicPartition, Long> read = Map.of();

  HaltsFeed(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Injector injector,
      Figures figures) {
    this.config = new HashMap<>(kafka);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    this.injector = injector;
    this.figures = figures;
    this.admin = Admin.create(config);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
  }

  void start(@Observes StartupEvent started) {
    Thread.ofPlatform().name("injector-halts").daemon().start(this::run);
  }

  @PreDestroy
  void stop() {
    stopping.countDown();
    admin.close(Duration.ZERO);
  }

  /**
   * Completes when everything that is on the topic now has been read; fails when Kafka does not say
   * how much that is.
   */
  CompletableFuture<Void> caughtUp() {
    Map<TopicPartition, Long> known = read;
    if (known.isEmpty()) {
      return CompletableFuture.failedFuture(
          new KafkaException("the kill switch has not been read yet"));
    }
    return admin
        .listOffsets(
            known.keySet().stream()
                .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .toCompletionStage()
        .toCompletableFuture()
        .thenCompose(
            ends -> {
              Map<TopicPartition, Long> until = new HashMap<>();
              ends.forEach((partition, end) -> until.put(partition, end.offset()));
              Asked next = new Asked(until, new CompletableFuture<>());
              asked.add(next);
              answer();
              return next.reached();
            });
  }

  private void answer() {
    Map<TopicPartition, Long> now = read;
    asked.removeIf(each -> isReached(now, each.until()) && each.reached().complete(null));
  }

  private static boolean isReached(Map<TopicPartition, Long> now, Map<TopicPartition, Long> until) {
    return until.entrySet().stream()
        .allMatch(end -> now.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }

  private void run() {
    do {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        follow(consumer);
      } catch (KafkaException e) {
        LOG.warnf("the kill switch cannot be read, trying again: %s", e.getMessage());
      }
    } while (!isStopping(RETRY));
  }

  /** From the first record on, until it is told to stop or Kafka fails. */
  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo each : consumer.partitionsFor(Topics.HALTS.name())) {
      partitions.add(new TopicPartition(each.topic(), each.partition()));
    }
    if (partitions.isEmpty()) {
      throw new KafkaException("there is no topic " + Topics.HALTS.name());
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> whole = consumer.endOffsets(partitions);
    Halts halts = Halts.NONE;
    Halts told = null;
    while (!isStopping(Duration.ZERO)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        halts = with(halts, record);
      }
      Map<TopicPartition, Long> now =
          partitions.stream().collect(Collectors.toMap(each -> each, consumer::position));
      if (told == null && !isReached(now, whole)) {
        continue;
      }
      if (!halts.equals(told)) {
        LOG.infof(
            "kill switch: %s", halts.standing().isEmpty() ? "off" : halts.standing().values());
        injector.halts(halts);
        told = halts;
      }
      read = now;
      answer();
    }
  }

  private Halts with(Halts halts, ConsumerRecord<byte[], byte[]> record) {
    return switch (deserializer.deserialize(record.topic(), record.headers(), record.value())) {
      case null -> scope(record).map(halts::without).orElse(halts);
      case Received.Readable<HaltEvent> readable -> halts.with(readable.event().data());
      case Received.Unreadable<HaltEvent> unreadable -> {
        String what =
            "record %s-%d@%d cannot be read (%s)"
                .formatted(
                    record.topic(), record.partition(), record.offset(), unreadable.reason());
        figures.unreadableHalt();
        LOG.errorf("kill switch: %s", what);
        yield scope(record)
            .map(scope -> halts.with(scope, "halt of %s, because %s".formatted(scope, what)))
            .orElse(halts);
      }
    };
  }

  private static Optional<HaltScope> scope(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.key() == null
          ? Optional.empty()
          : Optional.of(HaltScope.parse(new String(record.key(), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isStopping(Duration within) {
    try {
      return stopping.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
