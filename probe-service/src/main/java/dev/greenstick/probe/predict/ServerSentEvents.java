package dev.greenstick.probe.predict;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of the <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a> of a
 * body, one line of data each, as every server of models sends them. An event counts once its line
 * is whole.
 */
final class ServerSentEvents {

  /** What a stream of OpenAI's API ends with. */
  static final String DONE = "[DONE]";

  private static final String FIELD = "data:";

  private ServerSentEvents() {}

  /**
   * A line of data.
   *
   * @param text what follows the field's name
   * @param end where in the body the line ends
   */
  record Data(String text, int end) {

    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  static List<Data> of(byte[] body) {
    List<Data> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '\n') {
        add(body, start, i, events);
        start = i + 1;
      }
    }
    // The last line of all may lack its end: the body is over.
    add(body, start, body.length, events);
    return events;
  }

  private static void add(byte[] body, int start, int end, List<Data> into) {
    String line = new String(body, start, end - start, StandardCharsets.UTF_8).strip();
    if (line.startsWith(FIELD)) {
      into.add(new Data(line.substring(FIELD.length()).strip(), end));
    }
  }
}
