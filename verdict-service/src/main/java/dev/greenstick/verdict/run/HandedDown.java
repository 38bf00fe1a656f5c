package dev.greenstick.verdict.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was handed down about a run so far.
 *
 * @param baseline null until it is judged
 * @param baselineAt the time of that event; null as well
 * @param breaches in the order in which they were found
 * @param breachedAt the time of each
 * @param verdict null until it is reached
 * @param verdictAt the time of that event; null as well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandedDown(
    BaselineJudged baseline,
    Instant baselineAt,
    List<StopConditionBreached> breaches,
    List<Instant> breachedAt,
    VerdictReached verdict,
    Instant verdictAt) {

  public static final HandedDown NOTHING =
      new HandedDown(null, null, List.of(), List.of(), null, null);

  public HandedDown {
    breaches = breaches == null ? List.of() : List.copyOf(breaches);
    breachedAt = breachedAt == null ? List.of() : List.copyOf(breachedAt);
  }

  /** With one event more. */
  public HandedDown with(Event<? extends VerdictEvent> event) {
    return switch (event.data()) {
      case BaselineJudged judged ->
          new HandedDown(judged, event.time(), breaches, breachedAt, verdict, verdictAt);
      case StopConditionBreached breached ->
          new HandedDown(
              baseline,
              baselineAt,
              more(breaches, breached),
              more(breachedAt, event.time()),
              verdict,
              verdictAt);
      case VerdictReached reached ->
          new HandedDown(baseline, baselineAt, breaches, breachedAt, reached, event.time());
    };
  }

  private static <E> List<E> more(List<E> some, E another) {
    List<E> more = new ArrayList<>(some);
    more.add(another);
    return more;
  }
}
