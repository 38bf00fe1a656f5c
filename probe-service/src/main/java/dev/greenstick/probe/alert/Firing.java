package dev.greenstick.probe.alert;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An alert that fires, as its source says.
 *
 * @param alert its name
 * @param labels its other labels
 * @param since when it fired; empty where the source does not say
 * @param pendingSince since when its condition holds, which is before it fired; empty where the
 *     source does not say
 * @param isSilenced whether somebody has silenced it
 */
public record Firing(
    String alert,
    Map<String, String> labels,
    Optional<Instant> since,
    Optional<Instant> pendingSince,
    boolean isSilenced) {

  public Firing {
    Objects.requireNonNull(alert, "alert");
    labels = Map.copyOf(labels);
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(pendingSince, "pendingSince");
  }

  /** Whether it has all of these labels; its name counts as {@code alertname}. */
  public boolean has(Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(
            label ->
                label
                    .getValue()
                    .equals(
                        label.getKey().equals("alertname") ? alert : labels.get(label.getKey())));
  }
}
