package dev.greenstick.verdict.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A browser's EventSource as the HTML standard describes it, which loses its connection after so
 * many bytes: what was not received whole was not received.
 */
final class Subscriber {

  private final List<JsonNode> events = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private String last = "";

  /** The id of the last event that was received; empty at first. */
  String last() {
    return last;
  }

  /** What was received, over all connections. */
  List<JsonNode> events() {
    return events;
  }

  List<String> comments() {
    return comments;
  }

  /** A connection that breaks after so many bytes. */
  OutputStream connection(long bytes) {
    return new OutputStream() {
      private final ByteArrayOutputStream block = new ByteArrayOutputStream();
      private long left = bytes;

      @Override
      public void write(int b) throws IOException {
        if (left-- <= 0) {
          throw new IOException("the connection is lost");
        }
        block.write(b);
        if (block.toString(StandardCharsets.UTF_8).endsWith("\n\n")) {
          receive(block.toString(StandardCharsets.UTF_8));
          block.reset();
        }
      }
    };
  }

  private void receive(String block) throws IOException {
    StringBuilder data = new StringBuilder();
    for (String line : block.split("\n")) {
      if (line.startsWith(":")) {
        comments.add(line.substring(1).strip());
      } else if (line.startsWith("id: ")) {
        last = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        data.append(line.substring("data: ".length()));
      }
    }
    if (!data.isEmpty()) {
      events.add(Json.mapper().readTree(data.toString()));
    }
  }
}
