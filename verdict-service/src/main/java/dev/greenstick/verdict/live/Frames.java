package dev.greenstick.verdict.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Server-sent events as the HTML standard has them, written to a stream. For one thread. */
final class Frames {

  private final OutputStream out;

  Frames(OutputStream out) {
    this.out = out;
  }

  /** The beginning: when to come back, and where from if that is before the first event. */
  void begin(Place place, Duration retry) throws IOException {
    write("retry: " + retry.toMillis() + "\nid: " + place.text() + "\n\n");
    out.flush();
  }

  /** An event, as a CloudEvent in JSON; {@code place} is where to go on after it. */
  void event(Event<? extends RunData> event, Place place) throws IOException {
    write(
        "id: "
            + place.text()
            + "\nevent: "
            + event.type()
            + "\ndata: "
            + Json.text(structured(event))
            + "\n\n");
  }

  /**
   * A comment, so that both ends notice when the other is gone; with the place, so that whoever
   * comes back after a long time without events of theirs need not begin where they last heard one.
   */
  void heartbeat(Place place) throws IOException {
    write(": heartbeat\nid: " + place.text() + "\n\n");
    out.flush();
  }

  void flush() throws IOException {
    out.flush();
  }

  private static ObjectNode structured(Event<? extends RunData> event) {
    ObjectNode cloudEvent = Json.mapper().createObjectNode();
    cloudEvent.put("specversion", "1.0");
    cloudEvent.put("id", event.id().toString());
    cloudEvent.put("source", event.source().toString());
    cloudEvent.put("type", event.type());
    cloudEvent.put("subject", event.data().subject());
    cloudEvent.put("time", event.time().toString());
    cloudEvent.put("cluster", event.data().run().cluster().value());
    cloudEvent.put("experiment", event.data().run().experiment().value());
    cloudEvent.put("datacontenttype", "application/json");
    cloudEvent.set("data", Json.mapper().valueToTree(event.data()));
    return cloudEvent;
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
