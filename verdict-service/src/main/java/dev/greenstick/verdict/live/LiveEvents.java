package dev.greenstick.verdict.live;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.verdict.held.NotNow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * All subscribers of this instance. Each reads Kafka for itself, from wherever it left any
 * instance. Safe for many threads.
 */
public final class LiveEvents implements AutoCloseable {

  /** The topics whose events are sent. */
  public static final List<Topic<? extends RunData>> TOPICS =
      List.of(Topics.RUNS, Topics.FAULTS, Topics.HEALTH, Topics.VERDICTS);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final int most;
  private final Duration heartbeat;
  private final InstantSource clock;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

  /**
   * @param consumers makes a consumer of committed records that is in no group
   * @param most how many subscribers there may be at once
   * @param heartbeat how long a subscriber hears nothing at most
   * @param clock tells when that is over
   */
  public LiveEvents(
      Supplier<Consumer<String, byte[]>> consumers,
      int most,
      Duration heartbeat,
      InstantSource clock) {
    this.consumers = Objects.requireNonNull(consumers, "consumers");
    this.most = most;
    this.heartbeat = Objects.requireNonNull(heartbeat, "heartbeat");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Where a subscriber begins.
   *
   * @param last the id of the last event that it got; empty for one that is new
   * @param since where a new one begins; empty for now
   */
  public record Start(Optional<String> last, Optional<Instant> since) {

    public Start {
      Objects.requireNonNull(last, "last");
      Objects.requireNonNull(since, "since");
    }
  }

  /** How many subscribers there are. */
  public int count() {
    return count.get();
  }

  /**
   * Opens a subscription, to be sent or closed.
   *
   * @throws IllegalArgumentException when the last id is none of this installation's
   * @throws Gone when what comes after the last id is no longer kept
   * @throws NotNow when there are too many subscribers, or Kafka does not answer
   */
  public Subscription open(Start start, Wanted wanted) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      throw new NotNow(
          "there are %d subscribers, as many as greenstick.verdict.live.subscribers allows"
              .formatted(most));
    }
    Consumer<String, byte[]> consumer = null;
    try {
      consumer = consumers.get();
      Subscription subscription = subscription(consumer, start, wanted);
      subscriptions.add(subscription);
      return subscription;
    } catch (RuntimeException e) {
      count.decrementAndGet();
      if (consumer != null) {
        consumer.close();
      }
      throw e instanceof KafkaException
          ? new NotNow("Kafka does not answer: " + e.getMessage())
          : e;
    }
  }

  private Subscription subscription(Consumer<String, byte[]> consumer, Start start, Wanted wanted) {
    Map<String, Integer> partitions = partitions(consumer);
    // Where they begin and end is asked of what is assigned.
    consumer.assign(all(partitions));
    Place place =
        start
            .last()
            .map(last -> checked(last, partitions, consumer))
            .orElseGet(() -> beginning(start.since(), partitions, consumer));
    List<TopicPartition> read = read(partitions, wanted.run());
    consumer.assign(read);
    for (TopicPartition partition : read) {
      consumer.seek(partition, place.next().get(partition.topic()).get(partition.partition()));
    }
    Subscription[] self = new Subscription[1];
    self[0] =
        new Subscription(
            consumer,
            TOPICS,
            place,
            wanted,
            heartbeat,
            clock,
            () -> {
              count.decrementAndGet();
              subscriptions.remove(self[0]);
            });
    return self[0];
  }

  private static Map<String, Integer> partitions(Consumer<String, byte[]> consumer) {
    Map<String, Integer> partitions = new TreeMap<>();
    for (Topic<?> topic : TOPICS) {
      List<PartitionInfo> found = consumer.partitionsFor(topic.name());
      if (found == null || found.isEmpty()) {
        throw new NotNow("topic " + topic.name() + " is not there");
      }
      partitions.put(topic.name(), found.size());
    }
    return partitions;
  }

  /** All events of a run lie in one partition, the one that Kafka's producers choose by its key. */
  private static List<TopicPartition> read(Map<String, Integer> partitions, Optional<RunId> run) {
    List<TopicPartition> read = new ArrayList<>();
    partitions.forEach(
        (topic, count) -> {
          if (run.isPresent()) {
            byte[] key = run.get().toString().getBytes(StandardCharsets.UTF_8);
            read.add(new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % count));
          } else {
            read.addAll(all(topic, count));
          }
        });
    return read;
  }

  private static List<TopicPartition> all(String topic, int count) {
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < count; partition++) {
      all.add(new TopicPartition(topic, partition));
    }
    return all;
  }

  private static List<TopicPartition> all(Map<String, Integer> partitions) {
    List<TopicPartition> all = new ArrayList<>();
    partitions.forEach((topic, count) -> all.addAll(all(topic, count)));
    return all;
  }

  private static Place beginning(
      Optional<Instant> since, Map<String, Integer> partitions, Consumer<String, byte[]> consumer) {
    Collection<TopicPartition> all = all(partitions);
    Map<TopicPartition, Long> next = new HashMap<>(consumer.endOffsets(all));
    since.ifPresent(
        instant -> {
          Map<TopicPartition, Long> asked = new HashMap<>();
          all.forEach(partition -> asked.put(partition, Math.max(0, instant.toEpochMilli())));
          consumer
              .offsetsForTimes(asked)
              .forEach(
                  (partition, found) -> {
                    if (found != null) {
                      next.put(partition, found.offset());
                    }
                  });
        });
    return place(partitions, next);
  }

  private static Place place(Map<String, Integer> partitions, Map<TopicPartition, Long> next) {
    Map<String, List<Long>> offsets = new TreeMap<>();
    partitions.forEach(
        (topic, count) -> offsets.put(topic, all(topic, count).stream().map(next::get).toList()));
    return new Place(offsets);
  }

  /** Partitions that were added since are read from their beginning: nothing of them was sent. */
  private static Place checked(
      String last, Map<String, Integer> partitions, Consumer<String, byte[]> consumer) {
    Place place =
        Place.parse(last)
            .filter(parsed -> parsed.next().keySet().equals(partitions.keySet()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Last-Event-ID must be the id of an event of this stream, but is: "
                            + last));
    Map<TopicPartition, Long> first = consumer.beginningOffsets(all(partitions));
    Map<TopicPartition, Long> end = consumer.endOffsets(all(partitions));
    Map<TopicPartition, Long> next = new HashMap<>();
    for (TopicPartition partition : all(partitions)) {
      List<Long> offsets = place.next().get(partition.topic());
      long offset =
          partition.partition() < offsets.size()
              ? offsets.get(partition.partition())
              : first.get(partition);
      if (offset < first.get(partition)) {
        throw new Gone(
            "what came after Last-Event-ID is no longer kept: %s begins at %d, and %d is asked for;"
                    .formatted(partition, first.get(partition), offset)
                + " subscribe anew, and read from the API what happened meanwhile");
      }
      if (offset > end.get(partition)) {
        throw new IllegalArgumentException(
            "Last-Event-ID names offset %d of %s, which ends at %d: it is of another installation"
                .formatted(offset, partition, end.get(partition)));
      }
      next.put(partition, offset);
    }
    return place(partitions, next);
  }

  /** Ends every subscription soon. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::end);
  }
}
