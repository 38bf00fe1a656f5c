package dev.greenstick.contracts.wire;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import java.util.Objects;

/**
 * What a reader gets from a record: an event, or the reason why it is none. Reading never throws.
 */
public sealed interface Received<E extends EventData> {

  /** A record that is an event of its topic. */
  record Readable<E extends EventData>(Event<E> event) implements Received<E> {

    public Readable {
      Objects.requireNonNull(event, "event");
    }
  }

  /**
   * A record that is none, for the dead letters.
   *
   * @param value the record's value, untouched
   * @param reason why it cannot be read, in one sentence without the value
   */
  record Unreadable<E extends EventData>(byte[] value, String reason) implements Received<E> {

    public Unreadable {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
