package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.hypothesis.Span;
import dev.greenstick.verdict.history.FaultSpan;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The spans of a run in time, cut by what happened. What lies between two faults is in no phase but
 * the run, and in no step.
 *
 * @param faults the faults that were injected
 * @param first when the first began; empty when none did
 * @param last when the last ended; empty while one is live or when none began
 */
record Spans(List<FaultSpan> faults, Optional<Instant> first, Optional<Instant> last)
    implements Membership {

  Spans {
    faults = List.copyOf(faults);
  }

  static Spans of(List<FaultSpan> faults) {
    List<FaultSpan> injected = faults.stream().filter(span -> span.startedAt() != null).toList();
    return new Spans(injected, firstOf(injected), lastOf(injected));
  }

  private static Optional<Instant> firstOf(List<FaultSpan> injected) {
    return injected.stream().map(FaultSpan::startedAt).min(Comparator.naturalOrder());
  }

  private static Optional<Instant> lastOf(List<FaultSpan> injected) {
    boolean over = injected.stream().allMatch(span -> span.endedAt() != null);
    return over
        ? injected.stream().map(FaultSpan::endedAt).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private static List<FaultSpan> ofStep(List<FaultSpan> faults, Span.OfStep step) {
    return faults.stream().filter(fault -> step.step().equals(fault.step())).toList();
  }

  @Override
  public boolean isIn(Span span, int index, Instant from) {
    if (span == Phase.RUN) {
      return true;
    }
    Instant to = from.plus(WindowCensus.SECOND);
    return switch (span) {
      case Phase phase -> phase == phase(from, to);
      case Span.OfStep step ->
          ofStep(faults, step).stream().anyMatch(fault -> fault.overlaps(from, to));
    };
  }

  /**
   * The phase of a span of time that is as short as a window, the run beside; null for what lies
   * between two faults.
   */
  private Phase phase(Instant from, Instant to) {
    if (first.isEmpty() || !to.isAfter(first.get())) {
      return Phase.BASELINE;
    }
    for (FaultSpan fault : faults) {
      if (fault.overlaps(from, to)) {
        return Phase.FAULT;
      }
    }
    return last.isPresent() && !from.isBefore(last.get()) ? Phase.RECOVERY : null;
  }

  /** When the first fault of a span began, for spans in which faults are live. */
  Optional<Instant> begun(Span span) {
    return span instanceof Span.OfStep step ? firstOf(ofStep(faults, step)) : first;
  }

  /** When the last fault of a span ended; empty while one is live. */
  Optional<Instant> ended(Span span) {
    return span instanceof Span.OfStep step ? lastOf(ofStep(faults, step)) : last;
  }

  /** From when to when a span lasts, within what was watched; empty when it did not take place. */
  Optional<Interval> interval(Span span, Interval watched) {
    return switch (span) {
      case Phase phase ->
          switch (phase) {
            case RUN -> Optional.of(watched);
            case BASELINE -> Interval.of(watched.from(), first.orElse(watched.to()));
            case FAULT -> first.flatMap(from -> Interval.of(from, last.orElse(watched.to())));
            case RECOVERY -> last.flatMap(from -> Interval.of(from, watched.to()));
          };
      case Span.OfStep step ->
          begun(step).flatMap(from -> Interval.of(from, ended(step).orElse(watched.to())));
    };
  }

  /**
   * @param from included
   * @param to excluded
   */
  record Interval(Instant from, Instant to) {

    static Optional<Interval> of(Instant from, Instant to) {
      return to.isAfter(from) ? Optional.of(new Interval(from, to)) : Optional.empty();
    }
  }
}
