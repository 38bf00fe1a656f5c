package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.experiment.AlertFeed.Source;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Reads where alerts are looked for. */
final class AlertsReader {

  static final Duration DEFAULT_EVERY = Duration.ofSeconds(1);

  private static final Duration SHORTEST_EVERY = Duration.ofMillis(100);
  private static final Duration LONGEST_EVERY = Duration.ofMinutes(1);
  private static final int LONGEST_QUERY = 4_096;

  private AlertsReader() {}

  /** The watch at this place; null when it has a problem. */
  static AlertFeed watch(Cursor at) {
    if (!at.isObject("source", "url", "query", "alert", "labels", "every", "connection")) {
      return null;
    }
    int before = at.problems();
    Cursor kind = at.required("source", "write prometheus, alertmanager or webhook");
    Source source = kind.isPresent() ? kind.oneOf(Source.class) : null;
    if (source == null) {
      return null;
    }
    Map<String, String> labels = at.field("labels").map(Cursor::value);
    URI url = null;
    Duration every = null;
    Connecting connection = null;
    switch (source) {
      case PROMETHEUS, ALERTMANAGER -> {
        url = Urls.base(at.required("url", "write its base URL"));
        every = at.field("every").duration(SHORTEST_EVERY, LONGEST_EVERY, DEFAULT_EVERY);
        connection = ConnectionReader.ofAlerts(url, at.field("connection"));
      }
      case WEBHOOK -> {
        absent(at.field("url"), "is for sources that are asked; a webhook is told");
        absent(at.field("every"), "is for sources that are asked; a webhook is told");
        absent(at.field("connection"), "is for sources that are asked; a webhook is told");
      }
    }
    String query = null;
    String alert = null;
    if (source == Source.PROMETHEUS) {
      query = at.field("query").text();
      alert = at.field("alert").text();
      if (query != null && query.length() > LONGEST_QUERY) {
        at.field("query").problem("must have at most " + LONGEST_QUERY + " characters");
      }
      if (alert != null && query == null) {
        at.field("alert").problem("names what a query finds; write the query too, or labels");
      }
    } else {
      absent(at.field("query"), "is for source prometheus alone");
      absent(at.field("alert"), "is for a query of source prometheus alone");
    }
    return at.problems() > before
        ? null
        : new AlertFeed(source, url, query, alert, labels, every, connection);
  }

  private static void absent(Cursor at, String why) {
    if (at.isPresent()) {
      at.problem(why);
    }
  }
}
