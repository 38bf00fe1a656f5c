package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.wire.EventSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The one producer: events of every topic, and dead letters. Safe for many threads. */
@ApplicationScoped
class Outgoing {

  private final Emitter<ProducerRecord<byte[], byte[]>> emitter;

  Outgoing(@Channel("events") Emitter<ProducerRecord<byte[], byte[]>> emitter) {
    this.emitter = emitter;
  }

  /** Completes when the broker has acknowledged the event, and fails when it has not. */
  <E extends EventData> CompletionStage<Void> send(Topic<E> topic, Event<? extends E> event) {
    try (EventSerializer<E> serializer = new EventSerializer<>()) {
      Headers headers = new RecordHeaders();
      byte[] value = serializer.serialize(topic.name(), headers, event);
      byte[] key = event.data().key().getBytes(StandardCharsets.UTF_8);
      return send(new ProducerRecord<>(topic.name(), null, key, value, headers));
    }
  }

  /** Completes when the broker has acknowledged the record, and fails when it has not. */
  CompletionStage<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      emitter.send(
          Message.of(
              record,
              () -> {
                sent.complete(null);
                return CompletableFuture.completedFuture(null);
              },
              failure -> {
                sent.completeExceptionally(failure);
                return CompletableFuture.completedFuture(null);
              }));
    } catch (IllegalStateException e) {
      // Too many wait already, or the application stops.
      sent.completeExceptionally(e);
    }
    return sent;
  }
}
