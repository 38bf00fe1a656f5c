package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.injector.Figures;
import dev.greenstick.injector.Injector;
import dev.greenstick.injector.Settings;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.leader.Leadership;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads this cluster's commands while this injector leads, one after another. The offset moves on
 * when a command is taken on, or when its record is with the dead letters; until then nothing after
 * it is read, because a revert must not overtake its inject.
 *
 * <p>The partitions are assigned, not subscribed to: the Lease already says who reads, and a group
 * would first wait for the session of a leader that was killed.
 */
@ApplicationScoped
class CommandReader {

  private static final Logger LOG = Logger.getLogger(CommandReader.class);
  private static final String READER = "injector";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);
  private static final Duration TO_CLOSE = Duration.ofMillis(500);
  private static final int TIMEOUT_MILLIS = 5_000;

  /** The other agent's commands: not even parsed. */
  private static final Set<String> NOT_OURS =
      Set.of(Event.typeOf(ProbeStart.class), Event.typeOf(ProbeStop.class));

  private final Map<String, Object> config;
  private final String topic;
  private final Injector injector;
  private final Leadership leadership;
  private final HaltsFeed halts;
  private final Outgoing outgoing;
  private final Figures figures;
  private final EventDeserializer<Command> deserializer;
  private final CountDownLatch stopping = new CountDownLatch(1);

  CommandReader(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Settings settings,
      Injector injector,
      Leadership leadership,
      HaltsFeed halts,
      Outgoing outgoing,
      Figures figures) {
    this.config = new HashMap<>(kafka);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "greenstick-injector-" + settings.cluster().value());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    this.topic = Topics.commands(settings.cluster()).name();
    this.injector = injector;
    this.leadership = leadership;
    this.halts = halts;
    this.outgoing = outgoing;
    this.figures = figures;
    this.deserializer = new EventDeserializer<>(Topics.commands(settings.cluster()));
  }

  void start(@Observes StartupEvent started) {
    Thread.ofPlatform().name("injector-commands").daemon().start(this::run);
  }

  void stop(@Observes ShutdownEvent stops) {
    stopping.countDown();
  }

  private void run() {
    try {
      while (!isStopping(Duration.ZERO)) {
        if (leadership.await(POLL)) {
          lead();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lead() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      LOG.infof("reading commands of topic %s", topic);
      read(consumer);
    } catch (KafkaException e) {
      LOG.warnf("commands cannot be read, trying again: %s", e.getMessage());
      boolean stops = isStopping(FIRST_RETRY);
      LOG.tracef("stopping: %s", stops);
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> partitions = partitions(consumer);
    consumer.assign(partitions);
    Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
    boolean goesOn = true;
    while (goesOn && isReading()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        goesOn = take(record);
        if (!goesOn) {
          break;
        }
        taken.put(
            new TopicPartition(record.topic(), record.partition()),
            new OffsetAndMetadata(record.offset() + 1));
      }
      if (!taken.isEmpty()) {
        // What is not committed is delivered again, which changes nothing.
        consumer.commitAsync(Map.copyOf(taken), null);
        taken.clear();
      }
    }
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(TO_CLOSE));
  }

  private Set<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> partitions = new HashSet<>();
    for (PartitionInfo each : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(each.topic(), each.partition()));
    }
    if (partitions.isEmpty()) {
      throw new KafkaException("there is no topic " + topic);
    }
    return partitions;
  }

  private boolean isReading() {
    return leadership.leads() && !isStopping(Duration.ZERO);
  }

  /** Does what a record asks for, however long it takes; false when that is left to another one. */
  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    Duration wait = FIRST_RETRY;
    while (isReading()) {
      try {
        consume(record);
        return true;
      } catch (ClusterException | KafkaException | CompletionException e) {
        LOG.warnf(
            "record %s-%d@%d waits: %s",
            record.topic(), record.partition(), record.offset(), e.getMessage());
        boolean stops = isStopping(wait);
        LOG.tracef("stopping: %s", stops);
        wait = wait.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? wait.multipliedBy(2) : LAST_RETRY;
      }
    }
    return false;
  }

  private void consume(ConsumerRecord<byte[], byte[]> record) {
    String type = CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE);
    if (type != null && NOT_OURS.contains(type)) {
      return;
    }
    switch (deserializer.deserialize(record.topic(), record.headers(), record.value())) {
      case null -> bury(record, "the value is empty, and commands have no tombstones");
      case Received.Unreadable<Command> unreadable -> bury(record, unreadable.reason());
      case Received.Readable<Command> readable -> accept(record, readable.event().data());
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record, Command command) {
    if (!command.key().equals(key(record))) {
      bury(record, "the key is %s, and should be its run %s".formatted(key(record), command.key()));
      return;
    }
    if (injector.misrouted(command)) {
      bury(record, "the command is for cluster " + command.run().cluster());
      return;
    }
    if (command instanceof FaultInject) {
      // A halt that was there before the command counts, however the two were fetched.
      halts.caughtUp().orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).join();
    }
    try {
      injector.accept(command);
    } catch (ClusterException | CompletionException e) {
      throw e;
    } catch (RuntimeException e) {
      bury(record, "the injector failed on it: " + e);
    }
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warnf(
        "record %s-%d@%d goes to the dead letters: %s",
        record.topic(), record.partition(), record.offset(), reason);
    outgoing
        .send(
            DeadLetter.of(
                record.key(),
                record.value(),
                record.headers(),
                record.topic(),
                record.partition(),
                record.offset(),
                READER,
                reason))
        .toCompletableFuture()
        .join();
    figures.deadLettered();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
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
