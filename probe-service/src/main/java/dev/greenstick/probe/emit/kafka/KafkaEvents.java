package dev.greenstick.probe.emit.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.wire.DeadLetter;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Writes to the probe's topics; the stages complete when the broker has the record. */
@ApplicationScoped
public class KafkaEvents {

  private static final String READER = "probe";

  private final MutinyEmitter<Event<HealthEvent>> health;
  private final MutinyEmitter<Event<AgentEvent>> agents;
  private final MutinyEmitter<byte[]> deadLetters;

  KafkaEvents(
      @Channel("health") MutinyEmitter<Event<HealthEvent>> health,
      @Channel("agents") MutinyEmitter<Event<AgentEvent>> agents,
      @Channel("dead-letters") MutinyEmitter<byte[]> deadLetters) {
    this.health = health;
    this.agents = agents;
    this.deadLetters = deadLetters;
  }

  /** Writes an event of a run. */
  public CompletionStage<?> health(Event<? extends HealthEvent> event) {
    return health.sendMessage(keyed(event)).subscribeAsCompletionStage();
  }

  /** Writes a heartbeat. */
  public CompletionStage<?> agents(Event<? extends AgentEvent> event) {
    return agents.sendMessage(keyed(event)).subscribeAsCompletionStage();
  }

  /** Writes a record that could not be read, untouched, with the reason. */
  public CompletionStage<?> deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
    OutgoingKafkaRecordMetadata<byte[]> metadata =
        OutgoingKafkaRecordMetadata.<byte[]>builder()
            .withKey(record.key())
            .withHeaders(
                DeadLetter.headers(
                    record.headers(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    READER,
                    reason))
            .build();
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return deadLetters
        .sendMessage(Message.of(value).addMetadata(metadata))
        .subscribeAsCompletionStage();
  }

  @SuppressWarnings("unchecked") // an event of a subtype is only read from
  private static <E extends EventData> Message<Event<E>> keyed(Event<? extends E> event) {
    return Message.of((Event<E>) event)
        .addMetadata(
            OutgoingKafkaRecordMetadata.<String>builder().withKey(event.data().key()).build());
  }
}
