package dev.greenstick.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One event: emitting it twice gives it the same id. */
public record EventId(@JsonValue UUID value) implements Comparable<EventId> {

  public EventId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads the canonical form.
   *
   * @throws IllegalArgumentException when the text is no UUID of 36 characters
   */
  @JsonCreator
  public static EventId parse(String text) {
    return new EventId(Derived.parse("EventId", text));
  }

  /**
   * The event of a type about a subject, told apart from others of its type by {@code identity}.
   */
  public static EventId of(String type, String subject, String identity) {
    return new EventId(Derived.uuid("event", type, subject, identity));
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
