package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topic.Cleanup;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Received;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads a topic's records, and never stops at one. Types that the scheduler has no use for are left
 * unparsed: a probe emits a window a second.
 */
final class ReadEvents<E extends EventData>
    implements Processor<byte[], byte[], String, Inbound<E>> {

  private final Topic<E> topic;
  private final Set<String> ignored;
  private final EventDeserializer<E> deserializer;
  private ProcessorContext<String, Inbound<E>> context;

  ReadEvents(Topic<E> topic, Collection<Class<? extends E>> ignored) {
    this.topic = topic;
    this.ignored = ignored.stream().map(Event::typeOf).collect(Collectors.toUnmodifiableSet());
    this.deserializer = new EventDeserializer<>(topic);
  }

  @Override
  public void init(ProcessorContext<String, Inbound<E>> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    String type = CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE);
    if (type != null && ignored.contains(type)) {
      return;
    }
    RecordMetadata from = context.recordMetadata().orElseThrow();
    Origin origin = new Origin(from.topic(), from.partition(), from.offset(), record);
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    context.forward(record.withKey(key).withValue(read(origin, key)));
  }

  private Inbound<E> read(Origin origin, String key) {
    if (key == null) {
      return new Inbound.Unread<>(origin, "record has no key");
    }
    Record<byte[], byte[]> record = origin.record();
    return switch (deserializer.deserialize(topic.name(), record.headers(), record.value())) {
      case null ->
          topic.cleanup() == Cleanup.COMPACT
              ? new Inbound.Deleted<>(origin)
              : new Inbound.Unread<>(origin, "record has no value");
      case Received.Unreadable<E> unreadable -> new Inbound.Unread<>(origin, unreadable.reason());
      case Received.Readable<E> readable ->
          readable.event().data().key().equals(key)
              ? new Inbound.Read<>(origin, readable.event())
              : new Inbound.Unread<>(
                  origin, "key is not the event's own, " + readable.event().data().key());
    };
  }
}
