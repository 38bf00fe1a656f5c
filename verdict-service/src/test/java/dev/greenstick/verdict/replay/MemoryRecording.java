package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.run.Brake;
import dev.greenstick.verdict.run.Due;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A recording in memory, told run by run. */
final class MemoryRecording implements Recording {

  private static final URI WORLD = URI.create("/test");

  private final Map<Integer, Map<String, List<ConsumerRecord<byte[], byte[]>>>> partitions =
      new TreeMap<>();
  private final Set<String> handedDown = new HashSet<>();
  private final Map<String, Brake> brakes = new HashMap<>();

  /**
   * Tells all stories at once, by time, and hands down what is due as the live service does:
   * baselines, stop conditions that hold, and the verdict on each run that can be judged.
   */
  static MemoryRecording of(List<Story> stories) {
    MemoryRecording recording = new MemoryRecording();
    record Told(int partition, Evidence evidence) {}
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < stories.size(); i++) {
      int partition = i % 3;
      stories.get(i).evidence().forEach(evidence -> told.add(new Told(partition, evidence)));
    }
    told.sort((one, other) -> one.evidence().time().compareTo(other.evidence().time()));
    Map<String, List<Evidence>> runs = new HashMap<>();
    for (Told one : told) {
      Origin origin = recording.add(one.partition(), one.evidence().data(), one.evidence().time());
      List<Evidence> run =
          runs.computeIfAbsent(one.evidence().data().key(), _ -> new ArrayList<>());
      run.add(new Evidence(one.evidence().data(), one.evidence().time(), origin));
      Folded folded = Folded.of(run);
      recording.handDownBefore(one.partition(), folded, run.getLast());
      if (folded.progress().lacking().isEmpty()) {
        recording.add(one.partition(), folded.verdict(), UnaryOperator.identity());
      }
    }
    return recording;
  }

  private void handDownBefore(int partition, Folded folded, Evidence last) {
    String run = last.data().key();
    if (folded.due().contains(Due.BASELINE) && handedDown.add(run)) {
      add(
          partition,
          Folded.FOLD.baseline(folded.progress(), folded.history()),
          UnaryOperator.identity());
    }
    if (!folded.progress().faultLive()) {
      brakes.remove(run);
      return;
    }
    Brake brake = brakes.get(run);
    if (brake == null || last.data() instanceof FaultEvent) {
      brake = Folded.FOLD.brake(folded.progress(), folded.history());
      brakes.put(run, brake);
    } else if (last.data() instanceof HealthWindow window) {
      brake.add(window, folded.history());
    } else {
      brake.after(folded.progress());
    }
    if (folded.due().contains(Due.STOP_CONDITIONS)) {
      brake.breached(folded.progress(), folded.history(), last).stream()
          .filter(breach -> handedDown.add(run + breach.data().judgement().assertion()))
          .forEach(breach -> add(partition, breach, UnaryOperator.identity()));
    }
  }

  /** Adds an event as it would be written; where it lies. */
  Origin add(int partition, RunData data, Instant time) {
    return add(partition, Event.of(WORLD, time, data), UnaryOperator.identity());
  }

  /** Adds an event whose bytes are changed. */
  Origin add(int partition, Event<? extends RunData> event, UnaryOperator<byte[]> change) {
    String topic =
        event.data() instanceof VerdictEvent ? Topics.VERDICTS.name() : Story.topic(event.data());
    Headers headers = new RecordHeaders();
    byte[] value;
    try (EventSerializer<RunData> serializer = new EventSerializer<>()) {
      value = serializer.serialize(topic, headers, event);
    }
    return add(topic, partition, event.time(), event.data().key(), headers, change.apply(value));
  }

  /** Adds a record as it is. */
  Origin add(String topic, int partition, Instant time, String key, Headers headers, byte[] value) {
    List<ConsumerRecord<byte[], byte[]>> records = records(topic, partition);
    long offset = records.isEmpty() ? 100 : records.getLast().offset() + 1;
    records.add(
        new ConsumerRecord<>(
            topic,
            partition,
            offset,
            time.toEpochMilli(),
            TimestampType.CREATE_TIME,
            -1,
            -1,
            key.getBytes(StandardCharsets.UTF_8),
            value,
            headers,
            java.util.Optional.empty()));
    return new Origin(topic, partition, offset);
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition) {
    return partitions
        .computeIfAbsent(partition, _ -> new HashMap<>())
        .computeIfAbsent(topic, _ -> new ArrayList<>());
  }

  @Override
  public SortedSet<Integer> partitions() {
    return new TreeSet<>(partitions.keySet());
  }

  @Override
  public int partitionOf(String key) {
    return -1;
  }

  @Override
  public long begin(String topic, int partition) {
    var records = records(topic, partition);
    return records.isEmpty() ? 0 : records.getFirst().offset();
  }

  @Override
  public long end(String topic, int partition) {
    var records = records(topic, partition);
    return records.isEmpty() ? 0 : records.getLast().offset() + 1;
  }

  @Override
  public Tape play(int partition, Positions from) {
    return new MergedTape(Lane.TOPICS) {

      @Override
      void fill() {
        for (Track track : tracks()) {
          if (!track.ended()) {
            track.add(
                records(track.topic(), partition).stream()
                    .filter(record -> isAsked(record, from))
                    .toList());
            track.reached(end(track.topic(), partition));
            track.end();
          }
        }
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private static boolean isAsked(ConsumerRecord<byte[], byte[]> record, Positions from) {
    Long offset = from.offsets().get(record.topic());
    return offset != null
        ? record.offset() >= offset
        : from.since().map(since -> record.timestamp() >= since.toEpochMilli()).orElse(true);
  }
}
