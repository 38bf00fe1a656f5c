package dev.greenstick.sandbox.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records events as client-go's recorder does: the same event again counts up instead of making a
 * new one. Keeps the latest thousand. Safe for use by several threads.
 */
public final class EventRecorder {

  private static final int KEPT = 1_000;

  private final Resources resources;
  private final InstantSource clock;
  private final Map<Same, Key> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Same, Key> eldest) {
          boolean over = size() > KEPT;
          if (over) {
            forget(eldest.getValue());
          }
          return over;
        }
      };
  private long sequence;

  public EventRecorder(Resources resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
  }

  private record Same(String uid, String fieldPath, String type, String reason, String message) {}

  /** Where an event comes from: a controller's name, and the node it runs on or an empty string. */
  public record Source(String component, String host) {}

  public void normal(Source source, ObjectNode about, String reason, String message) {
    record(source, about, "", "Normal", reason, message);
  }

  public void warning(Source source, ObjectNode about, String reason, String message) {
    record(source, about, "", "Warning", reason, message);
  }

  /**
   * Records an event, or counts up the one that says the same.
   *
   * @param about the object, in full
   * @param fieldPath part of the object, such as {@code spec.containers{server}}, or empty
   * @param type Normal or Warning
   */
  public synchronized void record(
      Source source,
      ObjectNode about,
      String fieldPath,
      String type,
      String reason,
      String message) {
    String now = Resources.timestamp(clock.instant());
    Same same = new Same(Json.uid(about), fieldPath, type, reason, message);
    Key earlier = known.get(same);
    try {
      if (earlier != null) {
        resources.change(
            earlier,
            Part.MAIN,
            event -> {
              event.put("count", event.path("count").asInt(1) + 1).put("lastTimestamp", now);
              return event;
            },
            false);
        return;
      }
    } catch (Refusal gone) {
      known.remove(same);
    }
    String namespace = Json.namespace(about).isEmpty() ? "default" : Json.namespace(about);
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event
        .putObject("metadata")
        .put(
            "name",
            "%s.%x"
                .formatted(Json.name(about), clock.instant().toEpochMilli() * 4096 + sequence++));
    event
        .putObject("involvedObject")
        .put("apiVersion", about.path("apiVersion").asText())
        .put("kind", about.path("kind").asText())
        .put("name", Json.name(about))
        .put("namespace", Json.namespace(about))
        .put("uid", Json.uid(about))
        .put("resourceVersion", about.path("metadata").path("resourceVersion").asText());
    if (!fieldPath.isEmpty()) {
      event.withObjectProperty("involvedObject").put("fieldPath", fieldPath);
    }
    event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
    event.put("firstTimestamp", now).put("lastTimestamp", now).putNull("eventTime");
    event.putObject("source").put("component", source.component());
    if (!source.host().isEmpty()) {
      event.withObjectProperty("source").put("host", source.host());
    }
    event.put("reportingComponent", source.component()).put("reportingInstance", source.host());
    try {
      known.put(
          same,
          Key.of(
              ResourceTypes.EVENTS,
              resources.create(ResourceTypes.EVENTS, namespace, event, false)));
    } catch (Refusal refused) {
      // The namespace is going: so are the events about what lived in it.
      known.remove(same);
    }
  }

  private void forget(Key event) {
    try {
      resources.delete(event, Deletion.Request.NOW, false);
    } catch (Refusal gone) {
      // Its namespace was deleted, and the event with it.
      return;
    }
  }
}
