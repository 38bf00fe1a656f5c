package dev.greenstick.verdict.history;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.EventId;
import dev.greenstick.contracts.wire.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * One event of a run's history.
 *
 * @param data what happened
 * @param time the event's time, by the clock of its source
 * @param origin the record that it was read from
 */
public record Evidence(RunData data, Instant time, Origin origin) {

  private static final Comparator<Evidence> PREFERENCE =
      Comparator.comparing(Evidence::time)
          .thenComparing(evidence -> Json.text(evidence.data()))
          .thenComparing(Evidence::origin);

  public Evidence {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * What makes two events the same, unique within the run and in the order of the index for the
   * windows of a probe. Derived from the data and not from the header, so that no writer can have
   * its own idea of it.
   */
  public String place() {
    return data instanceof HealthWindow window
        ? window(window.probe().value(), window.index())
        : "e/" + EventId.of(Event.typeOf(data.getClass()), data.subject(), data.identity());
  }

  /** The place of one window. */
  public static String window(String probe, int index) {
    String digits = Integer.toString(index);
    return "w/" + probe + "/" + "0000000000".substring(digits.length()) + digits;
  }

  /** The place of the event of a type of which a run has one. */
  public static String only(Class<? extends RunData> type, String run) {
    return "e/" + EventId.of(Event.typeOf(type), run, "");
  }

  /**
   * Of two at the same place the one to keep, whichever came first: so that neither the order nor a
   * writer that contradicts itself makes a difference between two readers.
   */
  public Evidence or(Evidence other) {
    return PREFERENCE.compare(this, other) <= 0 ? this : other;
  }
}
