package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Where alerts are looked for while a run lives.
 *
 * @param source what is asked, or what tells
 * @param url base URL of what is asked; null for {@link Source#WEBHOOK}
 * @param query PromQL, for {@link Source#PROMETHEUS} alone: each series of its result is an alert
 *     that fires; null for the alerts that Prometheus itself says fire
 * @param alert the name of what {@code query} finds; null where its series have a label {@code
 *     alertname}
 * @param labels only alerts that have all of these; empty for every alert
 * @param every how often it is asked; null for {@link Source#WEBHOOK}
 * @param connection how what is asked is reached, over HTTP/1.1; null for plainly, and for {@link
 *     Source#WEBHOOK}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AlertFeed(
    Source source,
    @MayBeMissing URI url,
    @MayBeMissing String query,
    @MayBeMissing String alert,
    @MayBeMissing Map<String, String> labels,
    @MayBeMissing Duration every,
    @MayBeMissing Connecting connection) {

  /** A feed that is reached plainly. */
  public AlertFeed(
      Source source,
      URI url,
      String query,
      String alert,
      Map<String, String> labels,
      Duration every) {
    this(source, url, query, alert, labels, every, null);
  }

  public AlertFeed {
    Objects.requireNonNull(source, "source");
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** What knows of alerts. */
  public enum Source {
    /** Prometheus' HTTP API: {@code /api/v1/alerts}, or {@code /api/v1/query} with a query. */
    @JsonProperty("prometheus")
    PROMETHEUS,
    /** Alertmanager's HTTP API: {@code /api/v2/alerts}. */
    @JsonProperty("alertmanager")
    ALERTMANAGER,
    /** Alertmanager tells the probe, by a webhook receiver of its configuration. */
    @JsonProperty("webhook")
    WEBHOOK
  }
}
