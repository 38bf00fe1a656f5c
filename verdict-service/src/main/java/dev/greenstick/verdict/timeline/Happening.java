package dev.greenstick.verdict.timeline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something that happened in a run.
 *
 * @param at when, by the clock of who tells it
 * @param type the event's type
 * @param what what happened, in one sentence
 * @param late whether it was told after the verdict, which it does not change
 * @param origin the record that tells it; left out for what this service itself handed down
 * @param data the event
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Happening(
    Instant at, String type, String what, boolean late, Origin origin, RunData data)
    implements Comparable<Happening> {

  private static final Comparator<Happening> ORDER =
      Comparator.comparing(Happening::at).thenComparing(Happening::place);

  public Happening {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(data, "data");
  }

  /** What evidence tells. */
  public static Happening of(Evidence evidence, boolean late) {
    RunData data = evidence.data();
    return new Happening(
        Telling.at(data, evidence.time()),
        Event.typeOf(data.getClass()),
        Telling.what(data),
        late,
        evidence.origin(),
        data);
  }

  /** What this service handed down. */
  public static Happening of(VerdictEvent event, Instant time) {
    return new Happening(
        time, Event.typeOf(event.getClass()), Telling.what(event), false, null, event);
  }

  /** Of two at the same instant the one that causes the other comes first. */
  @Override
  public int compareTo(Happening other) {
    return ORDER.compare(this, other);
  }

  /** Tells apart what happened at one instant, in the order in which it is told. */
  @JsonIgnore
  String place() {
    return Telling.rank(data) + "/" + type + "/" + data.identity() + "/" + (late ? "late" : "");
  }
}
