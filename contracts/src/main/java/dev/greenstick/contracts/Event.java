package dev.greenstick.contracts;

import dev.greenstick.contracts.id.EventId;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * An event as it travels: CloudEvents 1.0 attributes around one record.
 *
 * @param id derived from type, subject and identity: the same data gives the same id
 * @param source who says so, for example {@code /clusters/eu-1/injector}
 * @param time when it happened, by the clock of the source
 * @param data what happened
 */
public record Event<E extends EventData>(EventId id, URI source, Instant time, E data) {

  public Event {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(data, "data");
  }

  /** The event that {@code source} emits about {@code data}, with its derived id. */
  public static <E extends EventData> Event<E> of(URI source, Instant time, E data) {
    return new Event<>(
        EventId.of(typeOf(data.getClass()), data.subject(), data.identity()), source, time, data);
  }

  /** CloudEvents' {@code type}. */
  public String type() {
    return typeOf(data.getClass());
  }

  /**
   * The type that a record declares.
   *
   * @throws IllegalArgumentException when the class declares none, which the tests of the contracts
   *     rule out
   */
  public static String typeOf(Class<?> data) {
    EventType type = data.getAnnotation(EventType.class);
    if (type == null) {
      throw new IllegalArgumentException(data.getName() + " is no event: it lacks @EventType");
    }
    return type.value();
  }
}
