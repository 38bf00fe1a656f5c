package dev.greenstick.contracts.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.RunRef;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An alert fired, was acknowledged or was resolved while the run lived. One that fires already when
 * the run begins is told too, so that it can be told from a new one.
 *
 * @param run the run
 * @param alert the alert's name
 * @param labels its other labels
 * @param firedAt when it fired, as its source says; where that does not say, the instant of the
 *     first look that saw it
 * @param resolvedAt when it was resolved; null while it fires
 * @param acknowledgedAt when somebody, or a silence, first took note of it; null until then, and
 *     where the source of alerts does not tell
 */
@EventType("dev.greenstick.health.alert.v1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertObserved(
    RunRef run,
    String alert,
    Map<String, String> labels,
    Instant firedAt,
    @MayBeMissing Instant resolvedAt,
    @MayBeMissing Instant acknowledgedAt)
    implements HealthEvent {

  /** Where nobody is known to have taken note of it. */
  public AlertObserved(
      RunRef run, String alert, Map<String, String> labels, Instant firedAt, Instant resolvedAt) {
    this(run, alert, labels, firedAt, resolvedAt, null);
  }

  public AlertObserved {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(alert, "alert");
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    Objects.requireNonNull(firedAt, "firedAt");
  }

  @Override
  public String identity() {
    return alert
        + new java.util.TreeMap<>(labels)
        + firedAt
        + (resolvedAt == null ? "" : resolvedAt)
        + (acknowledgedAt == null ? "" : "a" + acknowledgedAt);
  }
}
