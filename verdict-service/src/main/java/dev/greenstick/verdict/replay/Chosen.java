package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a {@link Selection} comes to in one partition: decided by key, headers and offset, without
 * parsing a value. For one thread.
 */
final class Chosen {

  /** By how much a record's timestamp may lie before the time that its run was planned. */
  private static final Duration SKEW = Duration.ofHours(1);

  private static final byte[] PLANNED =
      Event.typeOf(RunPlanned.class).getBytes(StandardCharsets.UTF_8);

  private final Selection selection;
  private final Set<UUID> runs;
  private final byte[] experiment;
  private final byte[] cluster;

  private Chosen(Selection selection, Set<UUID> runs) {
    this.selection = selection;
    this.runs = runs;
    this.experiment = bytes(selection.experiment().map(Object::toString));
    this.cluster = bytes(selection.cluster().map(Object::toString));
  }

  /** Finds the runs of a time range first, by the topic of runs alone. */
  static Chosen of(Selection selection, Recording recording, int partition)
      throws RecordingException {
    Set<UUID> runs = null;
    if (selection.run().isPresent()) {
      runs = Set.of(selection.run().get().value());
    }
    if (selection.isTimed()) {
      Set<UUID> planned = planned(selection, recording, partition);
      if (runs != null) {
        planned.retainAll(runs);
      }
      runs = planned;
    }
    return new Chosen(selection, runs);
  }

  private static Set<UUID> planned(Selection selection, Recording recording, int partition)
      throws RecordingException {
    Set<UUID> runs = new HashSet<>();
    try (Tape tape = recording.play(partition, onlyRuns(selection, recording, partition))) {
      for (var record = tape.next(); record != null; record = tape.next()) {
        UUID run = RunKey.of(record.key());
        if (run != null
            && record.topic().equals(Topics.RUNS.name())
            && is(record, CloudEventHeaders.TYPE, PLANNED)
            && time(record).filter(selection::holdsPlannedAt).isPresent()) {
          runs.add(run);
        }
      }
    }
    return runs;
  }

  private static Positions onlyRuns(Selection selection, Recording recording, int partition) {
    Map<String, Long> ends = new HashMap<>();
    for (String topic : Lane.TOPICS) {
      if (!topic.equals(Topics.RUNS.name())) {
        ends.put(topic, recording.end(topic, partition));
      }
    }
    return new Positions(ends, since(selection));
  }

  /** From when on records may belong to what is selected. */
  static Optional<Instant> since(Selection selection) {
    return selection.since().map(since -> since.minus(SKEW));
  }

  private static Optional<Instant> time(ConsumerRecord<byte[], byte[]> record) {
    String text = CloudEventHeaders.text(record.headers(), CloudEventHeaders.TIME);
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** How many runs at most; -1 when that is not known. */
  int runs() {
    return runs == null ? -1 : runs.size();
  }

  /**
   * Whether a record is looked at.
   *
   * @param run its key; null where that is none of a run
   */
  boolean holds(UUID run, ConsumerRecord<byte[], byte[]> record) {
    return (runs == null || run != null && runs.contains(run))
        && (experiment == null || is(record, CloudEventHeaders.EXPERIMENT, experiment))
        && (cluster == null || is(record, CloudEventHeaders.CLUSTER, cluster))
        && (record.topic().equals(Topics.VERDICTS.name())
            || selection.holdsOffset(record.topic(), record.partition(), record.offset()));
  }

  private static boolean is(ConsumerRecord<byte[], byte[]> record, String header, byte[] value) {
    Header last = record.headers().lastHeader(header);
    return last != null && Arrays.equals(last.value(), value);
  }

  private static byte[] bytes(Optional<String> text) {
    return text.map(one -> one.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }
}
