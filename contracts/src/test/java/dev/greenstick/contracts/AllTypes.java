package dev.greenstick.contracts;

import java.util.List;

/** Every record of every topic, found by the sealed families. */
public final class AllTypes {

  private AllTypes() {}

  public static List<Topic<?>> topics() {
    return Topics.all(List.of(Examples.CLUSTER));
  }

  public static List<Class<?>> records() {
    return topics().stream().<Class<?>>flatMap(topic -> topic.types().stream()).toList();
  }

  /** The topic that holds events of this event's type. */
  @SuppressWarnings("unchecked")
  public static <E extends EventData> Topic<E> topicOf(Event<E> event) {
    return (Topic<E>)
        topics().stream()
            .filter(topic -> topic.family().isInstance(event.data()))
            .findFirst()
            .orElseThrow();
  }
}
