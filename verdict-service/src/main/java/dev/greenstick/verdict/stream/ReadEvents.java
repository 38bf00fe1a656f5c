package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.history.Plausible;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads a topic's records, and never stops at one. */
final class ReadEvents<E extends RunData> implements Processor<byte[], byte[], String, Inbound> {

  private final Topic<E> topic;
  private final EventDeserializer<E> deserializer;
  private ProcessorContext<String, Inbound> context;

  ReadEvents(Topic<E> topic) {
    this.topic = topic;
    this.deserializer = new EventDeserializer<>(topic);
  }

  @Override
  public void init(ProcessorContext<String, Inbound> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    Raw raw = new Raw(new Origin(from.topic(), from.partition(), from.offset()), record);
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    context.forward(record.withKey(key).withValue(read(raw, key)));
  }

  private Inbound read(Raw raw, String key) {
    if (key == null) {
      return new Inbound.Unread(raw, "record has no key");
    }
    return switch (deserializer.deserialize(
        topic.name(), raw.record().headers(), raw.record().value())) {
      case null -> new Inbound.Unread(raw, "record has no value");
      case Received.Unreadable<E> unreadable -> new Inbound.Unread(raw, unreadable.reason());
      case Received.Readable<E> readable -> {
        E data = readable.event().data();
        if (!data.key().equals(key)) {
          yield new Inbound.Unread(raw, "key is not the event's own, " + data.key());
        }
        yield Plausible.objection(data, readable.event().time())
            .<Inbound>map(objection -> new Inbound.Unread(raw, objection))
            .orElseGet(
                () -> new Inbound.Read(new Evidence(data, readable.event().time(), raw.origin())));
      }
    };
  }
}
