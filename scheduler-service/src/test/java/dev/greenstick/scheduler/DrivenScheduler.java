package dev.greenstick.scheduler;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.experiment.ExperimentEvent;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.request.Request;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.AtOnce;
import dev.greenstick.scheduler.definition.DefinitionCheck;
import dev.greenstick.scheduler.saga.Timeouts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology, driven by hand: time moves by an explicit {@link #tick}. */
final class DrivenScheduler implements AutoCloseable {

  static final Duration TICK = Duration.ofMillis(100);
  static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofDays(7));

  private static final URI WORLD = URI.create("/test");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private Instant now = Examples.START;

  /** A record that came out, told so that a whole topic can be compared. */
  record Out(String key, EventData data, Duration after) {

    @Override
    public String toString() {
      return after + " " + key + " " + data;
    }
  }

  /** One whose agents may be silent for as long as they like. */
  DrivenScheduler(Path state) {
    this(state, Duration.ofDays(3_650), AtOnce.ANY);
  }

  /** One whose agents count as gone after {@code silence}, with so many runs at once. */
  DrivenScheduler(Path state, Duration silence, AtOnce atOnce) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "greenstick-scheduler");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    driver = new TopologyTestDriver(topology(meters, silence, atOnce), settings, now);
  }

  static Topology topology(SimpleMeterRegistry meters, Duration silence, AtOnce atOnce) {
    return new Scheduler(
            new Admission(Set.of(Examples.CLUSTER), Duration.ofMinutes(10), silence, atOnce),
            TIMEOUTS,
            TICK,
            DefinitionCheck::check,
            meters)
        .topology();
  }

  Instant now() {
    return now;
  }

  void tick(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  void define(ExperimentEvent event) {
    send(Topics.EXPERIMENTS, event);
  }

  void request(Request event) {
    send(Topics.REQUESTS, event);
  }

  void run(RunEvent event) {
    send(Topics.RUNS, event);
  }

  void fault(FaultEvent event) {
    send(Topics.FAULTS, event);
  }

  void health(HealthEvent event) {
    send(Topics.HEALTH, event);
  }

  void agent(AgentEvent event) {
    send(Topics.AGENTS, event);
  }

  void halt(HaltEvent event) {
    send(Topics.HALTS, event);
  }

  void verdict(VerdictEvent event) {
    send(Topics.VERDICTS, event);
  }

  private <E extends EventData> void send(Topic<E> topic, E data) {
    Headers headers = new RecordHeaders();
    byte[] value;
    try (EventSerializer<E> serializer = new EventSerializer<>()) {
      value = serializer.serialize(topic.name(), headers, Event.of(WORLD, now, data));
    }
    raw(topic, data.key(), value, headers);
  }

  /** A record of bytes; any of them may be null. */
  void raw(Topic<?> topic, String key, byte[] value, Headers headers) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(
        new TestRecord<>(
            key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, headers, now));
  }

  /** All that came out on a topic since it was asked last, in order. */
  <E extends EventData> List<Out> out(Topic<E> topic) {
    List<Out> out = new ArrayList<>();
    for (TestRecord<String, Received<E>> record :
        driver
            .createOutputTopic(
                topic.name(), new StringDeserializer(), new EventDeserializer<>(topic))
            .readRecordsToList()) {
      Event<E> event = ((Received.Readable<E>) record.getValue()).event();
      if (!event.time().equals(record.getRecordTime())
          || !event.source().equals(Scheduler.SOURCE)) {
        throw new AssertionError(topic.name() + ": " + record);
      }
      out.add(
          new Out(
              record.key(),
              event.data(),
              Duration.between(Examples.START, record.getRecordTime())));
    }
    return out;
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  double counted(String meter, String tag, String value) {
    return meters.counter(meter, tag, value).count();
  }

  /** Entries of a store. */
  int held(String store) {
    int entries = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        entries++;
      }
    }
    return entries;
  }

  @Override
  public void close() {
    driver.close();
  }
}
