package dev.greenstick.verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.held.RunFigures;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.live.LiveEvents;
import dev.greenstick.verdict.replay.KafkaRecording;
import dev.greenstick.verdict.replay.Recording;
import dev.greenstick.verdict.replay.RecordingException;
import dev.greenstick.verdict.replay.Replay;
import dev.greenstick.verdict.replay.Replays;
import dev.greenstick.verdict.replay.Sink;
import dev.greenstick.verdict.replay.TimeTravel;
import dev.greenstick.verdict.replay.TopicSink;
import dev.greenstick.verdict.stream.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;

/** The parts that the service is made of. */
@ApplicationScoped
class VerdictParts {

  private static final int FETCH_BYTES = 256 << 10;
  private static final int POLL_RECORDS = 100;
  private static final int PATIENCE_MILLIS = 5_000;

  /** How much history a replay beside the live work holds in memory. */
  private static final long REPLAY_BYTES = 32L << 20;

  @Produces
  @Singleton
  Topology topology(VerdictSettings settings, MeterRegistry meters) {
    return new Verdicts(
            bounds(settings),
            new Patience(settings.deadline(), settings.overrun(), settings.tick()),
            settings.retention(),
            meters)
        .topology();
  }

  /** Subscribers read Kafka for themselves, a little at a time. */
  @Produces
  @Singleton
  LiveEvents liveEvents(
      VerdictSettings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    Map<String, Object> consumer = new HashMap<>(kafka);
    consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // An offset that is not kept any more is told to the subscriber, and never stepped over.
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    return new LiveEvents(
        () -> new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()),
        settings.live().subscribers(),
        settings.live().heartbeat(),
        InstantSource.system());
  }

  void end(@Disposes LiveEvents liveEvents) {
    liveEvents.close();
  }

  /** The state of a run after any of its events, by the bounds that its verdict is reached by. */
  @Produces
  @Singleton
  TimeTravel timeTravel(VerdictSettings settings) {
    return new TimeTravel(bounds(settings));
  }

  @Produces
  @Singleton
  RunFigures runFigures(VerdictSettings settings) {
    return new RunFigures(bounds(settings));
  }

  /** Beside the live work: one partition at a time, and not much memory. */
  @Produces
  @Singleton
  Replays replays(
      VerdictSettings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    Map<String, Object> client = new HashMap<>(kafka);
    client.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new Replays(
        new Replays.Source() {
          @Override
          public Recording recording() throws RecordingException {
            return new KafkaRecording(client);
          }

          @Override
          public Sink topic(String name) throws RecordingException {
            return new TopicSink(name, client);
          }
        },
        new Replay.Limits(1, REPLAY_BYTES, bounds(settings)),
        System::nanoTime);
  }

  void end(@Disposes Replays replays) {
    replays.close();
  }

  /** The API's JSON is the events' JSON. */
  @Produces
  @Singleton
  ObjectMapper json() {
    return Json.mapper().copy();
  }

  private static Bounds bounds(VerdictSettings settings) {
    return new Bounds(settings.lateness().bound(), settings.lateness().share());
  }
}
