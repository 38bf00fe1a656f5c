package dev.greenstick.verdict;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.stream.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology, driven by hand: time moves by an explicit {@link #tick}. */
final class DrivenVerdicts implements AutoCloseable {

  static final Duration DEADLINE = Duration.ofSeconds(10);
  static final Duration OVERRUN = Duration.ofMinutes(15);
  static final Patience PATIENCE = new Patience(DEADLINE, OVERRUN, Duration.ofMillis(500));

  private static final URI WORLD = URI.create("/test");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, Long> given = new HashMap<>();

  DrivenVerdicts(Path stateDirectory) {
    this(stateDirectory, Duration.ofDays(90));
  }

  DrivenVerdicts(Path stateDirectory, Duration retention) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "verdicts-driven");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    driver =
        new TopologyTestDriver(
            new Verdicts(Bounds.STANDARD, PATIENCE, retention, meters).topology(),
            settings,
            Examples.START);
  }

  /** Gives the service events of a history, in this order. */
  void give(List<Evidence> history) {
    history.forEach(evidence -> give(evidence.origin().topic(), evidence.data(), evidence.time()));
  }

  /** A history with the origins that its events have when it is all that was ever given. */
  static List<Evidence> asGiven(List<Evidence> history) {
    Map<String, Long> next = new HashMap<>();
    return history.stream()
        .map(
            evidence -> {
              String topic = evidence.origin().topic();
              long offset = next.merge(topic, 1L, Long::sum) - 1;
              return new Evidence(evidence.data(), evidence.time(), new Origin(topic, 0, offset));
            })
        .toList();
  }

  /** Gives it one event. */
  void give(String topic, RunData data, Instant time) {
    Headers headers = new RecordHeaders();
    byte[] value;
    try (EventSerializer<RunData> serializer = new EventSerializer<>()) {
      value = serializer.serialize(topic, headers, Event.of(WORLD, time, data));
    }
    give(topic, data.key(), value, headers, time);
  }

  /** Gives it a record as it is. */
  void give(String topic, String key, byte[] value, Headers headers, Instant time) {
    give(
        new Mutations.Written(
            topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), headers, value),
        time);
  }

  /** Gives it a record as it is; where it lies then. */
  Origin give(Mutations.Written record, Instant time) {
    inputs
        .computeIfAbsent(
            record.topic(),
            topic ->
                driver.createInputTopic(
                    topic, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(
            new TestRecord<>(
                record.key(), record.value(), new RecordHeaders(record.headers().toArray()), time));
    return new Origin(record.topic(), 0, given.merge(record.topic(), 1L, Long::sum) - 1);
  }

  /** Lets wall-clock time pass. */
  void tick(Duration passed) {
    driver.advanceWallClockTime(passed);
  }

  /** What was handed down since the last call, in order. */
  List<Handed> handedDown() {
    List<Handed> events = new ArrayList<>();
    for (TestRecord<String, Received<VerdictEvent>> record :
        driver
            .createOutputTopic(
                Topics.VERDICTS.name(),
                new StringDeserializer(),
                new EventDeserializer<>(Topics.VERDICTS))
            .readRecordsToList()) {
      if (!(record.value() instanceof Received.Readable<VerdictEvent> readable)) {
        throw new AssertionError("no event: " + record);
      }
      events.add(new Handed(record.key(), readable.event().data(), record.getRecordTime()));
    }
    return events;
  }

  /** The verdicts on a run since the last call, each as its text and time; others are let go. */
  List<String> verdicts(RunRef run) {
    return driver
        .createOutputTopic(
            Topics.VERDICTS.name(), new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .filter(record -> record.key().equals(run.id().toString()))
        .filter(
            record ->
                Event.typeOf(VerdictReached.class)
                    .equals(CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE)))
        .map(
            record ->
                new String(record.value(), StandardCharsets.UTF_8)
                    + " at "
                    + CloudEventHeaders.text(record.headers(), CloudEventHeaders.TIME))
        .toList();
  }

  /** The dead letters since the last call. */
  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** The value of a counter. */
  double counted(String name, String... tags) {
    return meters.counter(name, tags).count();
  }

  /** What is in a store now. */
  <V> Map<String, V> stored(String store) {
    Map<String, V> stored = new TreeMap<>();
    try (KeyValueIterator<String, V> all = driver.<String, V>getKeyValueStore(store).all()) {
      all.forEachRemaining(entry -> stored.put(entry.key, entry.value));
    }
    return stored;
  }

  /** A record that came out. */
  record Handed(String key, VerdictEvent event, Instant timestamp) {}

  @Override
  public void close() {
    driver.close();
  }
}
