package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import java.util.Objects;

/** What a record of a topic turned out to be. */
public sealed interface Inbound<E extends EventData> {

  /** The record itself. */
  Origin origin();

  /** An event of the topic. */
  record Read<E extends EventData>(Origin origin, Event<E> event) implements Inbound<E> {

    public Read {
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(event, "event");
    }
  }

  /** A tombstone of a compacted topic. */
  record Deleted<E extends EventData>(Origin origin) implements Inbound<E> {

    public Deleted {
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** Nothing that can be read. */
  record Unread<E extends EventData>(Origin origin, String reason) implements Inbound<E> {

    public Unread {
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
