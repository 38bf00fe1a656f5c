package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.EventSerializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Verdicts as events in a topic of their own, with {@code /verdict/replay} as their source and what
 * was recorded in headers. Never in a topic of Greenstick's: there is one verdict on a run. A
 * replay that is resumed may write a verdict again, with the same id.
 */
public final class TopicSink implements Sink {

  /** Who says so: nobody should take these for the verdicts that were handed down. */
  public static final URI SOURCE = URI.create("/verdict/replay");

  /** How the verdict compares with the recorded one; see {@link Outcome.Status}. */
  public static final String STATUS = "greenstick_replay_status";

  /** The outcome that is recorded; left out where none is. */
  public static final String RECORDED = "greenstick_recorded_outcome";

  private final String topic;
  private final Map<String, Object> settings;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private KafkaProducer<String, Event<? extends VerdictReached>> producer;

  /**
   * Writes to this topic, which must exist.
   *
   * @param client settings of the client, {@code bootstrap.servers} among them
   * @throws RecordingException when the topic is one of Greenstick's own
   */
  public TopicSink(String topic, Map<String, ?> client) throws RecordingException {
    if (topic.startsWith("greenstick.") || topic.startsWith("greenstick-")) {
      throw new RecordingException(
          "outcomes of a replay never go to "
              + topic
              + ": names that begin with greenstick are the live topics'; name a topic of its own");
    }
    this.topic = topic;
    this.settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
  }

  @Override
  public void begin(Set<UUID> done) throws RecordingException {
    try (Admin admin = Admin.create(settings)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (ExecutionException e) {
      throw new RecordingException(
          "topic " + topic + " cannot be written: " + e.getCause().getMessage(), e);
    } catch (KafkaException e) {
      throw new RecordingException("topic " + topic + " cannot be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingException("interrupted while looking for topic " + topic, e);
    }
    producer =
        new KafkaProducer<>(
            settings, new StringSerializer(), new EventSerializer<VerdictReached>());
  }

  @Override
  public void take(Judged judged) throws RecordingException {
    if (judged.event().isEmpty()) {
      return;
    }
    Event<VerdictReached> event = judged.event().get();
    var record =
        new ProducerRecord<String, Event<? extends VerdictReached>>(
            topic, event.data().key(), new Event<>(event.id(), SOURCE, event.time(), event.data()));
    Outcome outcome = judged.outcome();
    record.headers().add(STATUS, bytes(outcome.status().name()));
    if (outcome.recorded() != null) {
      record.headers().add(RECORDED, bytes(outcome.recorded().name()));
    }
    check();
    var unused =
        producer.send(
            record,
            (_, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  private static byte[] bytes(String name) {
    return name.toLowerCase(java.util.Locale.ROOT)
        .replace('_', '-')
        .getBytes(StandardCharsets.UTF_8);
  }

  private void check() throws RecordingException {
    if (failure.get() != null) {
      throw new RecordingException(
          "topic " + topic + " cannot be written: " + failure.get().getMessage(), failure.get());
    }
  }

  @Override
  public void flush() throws RecordingException {
    producer.flush();
    check();
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
