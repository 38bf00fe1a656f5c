package dev.greenstick.probe.alert;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What somebody tells of alerts, without being asked. */
public sealed interface Told {

  /** An alert fires. */
  record Fires(Firing firing) implements Told {}

  /**
   * An alert fires no more.
   *
   * @param firing the alert
   * @param at when it was resolved; empty where that was not said
   */
  record Resolved(Firing firing, Optional<Instant> at) implements Told {}

  /**
   * Somebody took an alert on.
   *
   * @param alert its name
   * @param labels labels that it has; it may have more
   * @param at when; empty where that was not said
   */
  record Acknowledged(String alert, Map<String, String> labels, Optional<Instant> at)
      implements Told {

    public Acknowledged {
      Objects.requireNonNull(alert, "alert");
      labels = Map.copyOf(labels);
      Objects.requireNonNull(at, "at");
    }
  }
}
