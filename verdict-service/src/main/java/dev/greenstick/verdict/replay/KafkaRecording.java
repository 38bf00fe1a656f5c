package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.verdict.intake.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * What a broker holds when this is made; what is written later is not looked at. Plain consumers
 * without a group: nothing is committed, and nothing on the broker changes. Safe for many threads.
 */
public final class KafkaRecording implements Recording {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  /** So many records of one topic are read ahead before it has to wait for the others. */
  private static final int MOST_AHEAD = 10_000;

  /** So much of a partition comes at once: less would be asked for more often than it is read. */
  private static final int FETCH_BYTES = 4 << 20;

  private static final int RECEIVE_BYTES = 2 << 20;

  private static final List<String> TOPICS =
      Stream.concat(Intake.HISTORY.stream(), Stream.of(Topics.VERDICTS)).map(Topic::name).toList();

  private final Map<String, Object> settings;
  private final Map<TopicPartition, Long> begins;
  private final Map<TopicPartition, Long> ends;

  /**
   * Asks the broker what there is.
   *
   * @param client settings of the client, {@code bootstrap.servers} among them
   * @throws RecordingException when the broker does not answer or lacks a topic
   */
  public KafkaRecording(Map<String, ?> client) throws RecordingException {
    settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    settings.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BYTES);
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : TOPICS) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
          throw new RecordingException("the broker has no topic " + topic);
        }
        found.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
      }
      begins = consumer.beginningOffsets(partitions);
      ends = consumer.endOffsets(partitions);
    } catch (KafkaException e) {
      throw new RecordingException("the broker does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public SortedSet<Integer> partitions() {
    SortedSet<Integer> partitions = new TreeSet<>();
    ends.keySet().forEach(partition -> partitions.add(partition.partition()));
    return partitions;
  }

  /** {@inheritDoc} As Kafka's own producers choose it. */
  @Override
  public int partitionOf(String key) {
    int hash = Utils.murmur2(key.getBytes(StandardCharsets.UTF_8));
    return Utils.toPositive(hash) % partitions().size();
  }

  @Override
  public long begin(String topic, int partition) {
    return begins.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  @Override
  public long end(String topic, int partition) {
    return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  @Override
  public Tape play(int partition, Positions from) throws RecordingException {
    List<TopicPartition> played =
        ends.keySet().stream().filter(one -> one.partition() == partition).toList();
    KafkaConsumer<byte[], byte[]> consumer = consumer();
    try {
      consumer.assign(played);
      seek(consumer, played, from);
      return new KafkaTape(consumer, played);
    } catch (KafkaException e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw new RecordingException(
          "partition " + partition + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void seek(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> played, Positions from) {
    Map<TopicPartition, Long> times = new HashMap<>();
    for (TopicPartition partition : played) {
      Long offset = from.offsets().get(partition.topic());
      consumer.seek(partition, offset != null ? offset : begins.get(partition));
      if (offset == null) {
        from.since().ifPresent(since -> times.put(partition, since.toEpochMilli()));
      }
    }
    if (!times.isEmpty()) {
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, found) ->
                  consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private final class KafkaTape extends MergedTape {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, TopicPartition> partitions = new HashMap<>();

    KafkaTape(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> played) {
      super(played.stream().map(TopicPartition::topic).sorted().toList());
      this.consumer = consumer;
      played.forEach(partition -> partitions.put(partition.topic(), partition));
      for (Track track : tracks()) {
        advance(track);
      }
    }

    @Override
    void fill() throws RecordingException {
      try {
        for (Track track : tracks()) {
          TopicPartition partition = partitions.get(track.topic());
          boolean rest = track.ended() || track.ahead() > MOST_AHEAD;
          if (rest != consumer.paused().contains(partition)) {
            if (rest) {
              consumer.pause(List.of(partition));
            } else {
              consumer.resume(List.of(partition));
            }
          }
        }
        for (long waited = 0; !read(); waited += POLL.toMillis()) {
          if (waited > PATIENCE.toMillis()) {
            throw new RecordingException(
                "nothing comes of %s although it has not ended".formatted(consumer.assignment()));
          }
        }
      } catch (KafkaException e) {
        throw new RecordingException(
            "%s cannot be read: %s".formatted(consumer.assignment(), e.getMessage()), e);
      }
    }

    /** Whether anything came of it. */
    private boolean read() {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean moved = false;
      for (Track track : tracks()) {
        if (!track.ended()) {
          TopicPartition partition = partitions.get(track.topic());
          var fresh = records.records(partition);
          long end = ends.get(partition);
          while (!fresh.isEmpty() && fresh.getLast().offset() >= end) {
            fresh = fresh.subList(0, fresh.size() - 1);
          }
          track.add(fresh);
          moved |= advance(track) | !fresh.isEmpty();
        }
      }
      return moved;
    }

    /** Whether its position is another than before: also past what only marks transactions. */
    private boolean advance(Track track) {
      TopicPartition partition = partitions.get(track.topic());
      long position = consumer.position(partition);
      if (position >= ends.get(partition)) {
        track.end();
      }
      return track.reached(position) || track.ended();
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
