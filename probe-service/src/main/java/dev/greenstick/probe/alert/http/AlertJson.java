package dev.greenstick.probe.alert.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.alert.Firing;
import dev.greenstick.probe.alert.Told;
import dev.greenstick.probe.predict.Seen;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what Prometheus and Alertmanager say. Every method throws IllegalArgumentException, with a
 * reason, for what is no such answer.
 */
final class AlertJson {

  private static final String NAME = "alertname";
  private static final int MOST_LABELS = 64;

  private AlertJson() {}

  /** Prometheus' {@code /api/v1/alerts}: those that fire; others are pending. */
  static List<Firing> prometheusAlerts(String body) {
    List<Firing> firing = new ArrayList<>();
    for (JsonNode alert : list(data(tree(body)).path("alerts"), "data.alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        // activeAt is when the condition began to hold; when it fired is not told.
        firing.add(
            firing(
                alert.path("labels"), null, Optional.empty(), instant(alert, "activeAt"), false));
      }
    }
    return firing;
  }

  /** Prometheus' {@code /api/v1/query}: each series of the result fires. */
  static List<Firing> prometheusQuery(AlertFeed feed, String body) {
    List<Firing> firing = new ArrayList<>();
    JsonNode data = data(tree(body));
    if (!data.path("resultType").asText().equals("vector")) {
      throw new IllegalArgumentException(
          "the query's result is no vector but " + Seen.line(data.path("resultType").asText()));
    }
    for (JsonNode series : list(data.path("result"), "data.result")) {
      firing.add(
          firing(series.path("metric"), feed.alert(), Optional.empty(), Optional.empty(), false));
    }
    return firing;
  }

  /** Alertmanager's {@code /api/v2/alerts}. */
  static List<Firing> alertmanager(String body) {
    List<Firing> firing = new ArrayList<>();
    for (JsonNode alert : list(tree(body), "the answer")) {
      boolean silenced = !alert.path("status").path("silencedBy").isEmpty();
      firing.add(
          firing(
              alert.path("labels"), null, instant(alert, "startsAt"), Optional.empty(), silenced));
    }
    return firing;
  }

  /** Alertmanager's webhook. */
  static List<Told> webhook(String body) {
    List<Told> told = new ArrayList<>();
    for (JsonNode alert : list(tree(body).path("alerts"), "alerts")) {
      Firing firing =
          firing(alert.path("labels"), null, instant(alert, "startsAt"), Optional.empty(), false);
      told.add(
          alert.path("status").asText().equals("resolved")
              ? new Told.Resolved(firing, instant(alert, "endsAt"))
              : new Told.Fires(firing));
    }
    return told;
  }

  /** An acknowledgement in our own words: {@code alert}, and maybe labels and acknowledgedAt. */
  static Told.Acknowledged acknowledgement(String body) {
    JsonNode tree = tree(body);
    String alert = tree.path("alert").asText();
    if (alert.isEmpty()) {
      throw new IllegalArgumentException("alert is missing: write the name of what was taken on");
    }
    return new Told.Acknowledged(
        Seen.line(alert), labels(tree.path("labels")), instant(tree, "acknowledgedAt"));
  }

  private static Firing firing(
      JsonNode labels,
      String otherwise,
      Optional<Instant> since,
      Optional<Instant> pendingSince,
      boolean silenced) {
    String name = labels.path(NAME).asText(otherwise == null ? "" : otherwise);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an alert has no " + NAME);
    }
    return new Firing(Seen.line(name), labels(labels), since, pendingSince, silenced);
  }

  private static Map<String, String> labels(JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : node.properties()) {
      if (!label.getKey().equals(NAME) && labels.size() < MOST_LABELS) {
        labels.put(Seen.line(label.getKey()), Seen.line(label.getValue().asText()));
      }
    }
    return labels;
  }

  /** Alertmanager writes the year 1 where there is no instant. */
  private static Optional<Instant> instant(JsonNode node, String field) {
    if (!node.hasNonNull(field)) {
      return Optional.empty();
    }
    try {
      Instant instant = java.time.OffsetDateTime.parse(node.get(field).asText()).toInstant();
      return instant.isAfter(Instant.EPOCH) ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field + " is no instant: " + Seen.line(e.getMessage()), e);
    }
  }

  private static JsonNode data(JsonNode tree) {
    if (!tree.path("status").asText().equals("success")) {
      throw new IllegalArgumentException("no success: " + Seen.line(tree.path("error").asText()));
    }
    return tree.path("data");
  }

  private static JsonNode list(JsonNode node, String what) {
    if (!node.isArray()) {
      throw new IllegalArgumentException(what + " is no list");
    }
    return node;
  }

  private static JsonNode tree(String body) {
    try {
      return Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + Seen.line(body), e);
    }
  }
}
