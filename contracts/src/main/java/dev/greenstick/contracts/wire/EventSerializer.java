package dev.greenstick.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes events in CloudEvents' binary mode: attributes to the headers, data to the value. Safe for
 * many threads.
 */
public final class EventSerializer<E extends EventData> implements Serializer<Event<? extends E>> {

  /** As a serde, for a topology that writes the events of a topic and does not read them. */
  public static <E extends EventData> Serde<Event<? extends E>> serde() {
    return Serdes.serdeFrom(
        new EventSerializer<E>(),
        (topic, bytes) -> {
          throw new SerializationException("events of " + topic + " are only written here");
        });
  }

  /** Not for use: attributes need the headers. */
  @Override
  public byte[] serialize(String topic, Event<? extends E> event) {
    throw new SerializationException(
        "events carry headers: topic " + topic + " is written without");
  }

  /** {@inheritDoc} Null stays null: a tombstone. */
  @Override
  public byte[] serialize(String topic, Headers headers, Event<? extends E> event) {
    if (event == null) {
      return null;
    }
    CloudEventHeaders.write(event, headers);
    try {
      return Json.mapper().writeValueAsBytes(event.data());
    } catch (JsonProcessingException e) {
      throw new SerializationException(
          "event " + event.type() + " about " + event.data().subject(), e);
    }
  }
}
