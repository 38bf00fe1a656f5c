package dev.greenstick.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.id.EventId;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the events of one topic. Never throws for what a record holds: what cannot be read comes
 * back as {@link Received.Unreadable}, for the dead letters. Safe for many threads.
 */
public final class EventDeserializer<E extends EventData> implements Deserializer<Received<E>> {

  private final Map<String, ObjectReader> readers = new HashMap<>();

  /** Reads the events that the topic may hold, and no others. */
  public EventDeserializer(Topic<E> topic) {
    for (Class<? extends E> type : topic.types()) {
      readers.put(Event.typeOf(type), Json.mapper().readerFor(type));
    }
  }

  /** Without headers nothing is an event. */
  @Override
  public Received<E> deserialize(String topic, byte[] value) {
    return value == null
        ? null
        : new Received.Unreadable<>(value, "record has no CloudEvents headers");
  }

  /** {@inheritDoc} Null stays null: a tombstone. */
  @Override
  public Received<E> deserialize(String topic, Headers headers, byte[] value) {
    if (value == null) {
      return null;
    }
    try {
      return new Received.Readable<>(read(headers, value));
    } catch (JsonProcessingException e) {
      return new Received.Unreadable<>(value, firstLine("data" + where(e) + ": " + what(e)));
    } catch (IOException | RuntimeException e) {
      return new Received.Unreadable<>(value, firstLine(e.getMessage()));
    }
  }

  private Event<E> read(Headers headers, byte[] value) throws IOException {
    String contentType = CloudEventHeaders.text(headers, CloudEventHeaders.CONTENT_TYPE);
    if (contentType != null && contentType.startsWith("application/cloudevents")) {
      throw new IllegalArgumentException(
          "record is in CloudEvents' structured mode; write it in binary mode");
    }
    String version = CloudEventHeaders.require(headers, CloudEventHeaders.SPECVERSION);
    if (!version.equals(CloudEventHeaders.VERSION)) {
      throw new IllegalArgumentException("CloudEvents version " + version + " is not 1.0");
    }
    String type = CloudEventHeaders.require(headers, CloudEventHeaders.TYPE);
    ObjectReader reader = readers.get(type);
    if (reader == null) {
      throw new IllegalArgumentException("type " + type + " is unknown in this topic");
    }
    EventId id = EventId.parse(CloudEventHeaders.require(headers, CloudEventHeaders.ID));
    URI source = URI.create(CloudEventHeaders.require(headers, CloudEventHeaders.SOURCE));
    Instant time = Instant.parse(CloudEventHeaders.require(headers, CloudEventHeaders.TIME));
    E data = reader.readValue(value);
    if (data == null) {
      throw new IllegalArgumentException("data is null");
    }
    return new Event<>(id, source, time, data);
  }

  private static String where(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? " at "
            + mapping.getPath().stream()
                .map(
                    step ->
                        step.getFieldName() == null
                            ? String.valueOf(step.getIndex())
                            : step.getFieldName())
                .collect(Collectors.joining("."))
        : "";
  }

  /**
   * What a record's own constructor says, otherwise what Jackson says less the names of classes.
   */
  private static String what(JsonProcessingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return String.valueOf(e.getOriginalMessage())
        .replaceAll("`?(\\w+\\.)+(\\w+\\$)*(\\w+)`?", "$3");
  }

  private static String firstLine(String message) {
    String text =
        message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
