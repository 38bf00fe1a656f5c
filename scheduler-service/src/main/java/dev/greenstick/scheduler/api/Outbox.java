package dev.greenstick.scheduler.api;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.wire.EventSerializer;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what users ask for to its topic; returns once the brokers have it. */
@ApplicationScoped
class Outbox {

  private final Producer<String, byte[]> producer;

  Outbox(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "greenstick-scheduler-api");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Writes an event; where it stands. */
  <E extends EventData> RecordMetadata write(Topic<E> topic, Event<? extends E> event) {
    Headers headers = new RecordHeaders();
    byte[] value;
    try (EventSerializer<E> serializer = new EventSerializer<>()) {
      value = serializer.serialize(topic.name(), headers, event);
    }
    return write(
        new ProducerRecord<>(
            topic.name(), null, event.time().toEpochMilli(), event.data().key(), value, headers));
  }

  /** Writes a tombstone; where it stands. */
  RecordMetadata delete(Topic<?> topic, String key) {
    return write(new ProducerRecord<>(topic.name(), key, null));
  }

  private RecordMetadata write(ProducerRecord<String, byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        throw Refusal.of(
            413, "Too large", "the topic takes no record of this size: " + e.getMessage());
      }
      throw unwritten(record, e.getCause());
    } catch (KafkaException e) {
      throw unwritten(record, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unwritten(record, e);
    }
  }

  private static Refusal unwritten(ProducerRecord<String, ?> record, Throwable why) {
    return Refusal.notYet(
        record.key() + " could not be written to " + record.topic() + ": " + why.getMessage());
  }

  @PreDestroy
  void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
