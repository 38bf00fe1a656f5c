package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.verdict.history.FaultSpan;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The phases of a run in time, cut by what happened. What lies between two faults is in no phase
 * but the run.
 *
 * @param faults the faults that were injected
 * @param first when the first began; empty when none did
 * @param last when the last ended; empty while one is live or when none began
 */
record Spans(List<FaultSpan> faults, Optional<Instant> first, Optional<Instant> last) {

  Spans {
    faults = List.copyOf(faults);
  }

  static Spans of(List<FaultSpan> faults) {
    List<FaultSpan> injected = faults.stream().filter(span -> span.startedAt() != null).toList();
    boolean over = injected.stream().allMatch(span -> span.endedAt() != null);
    return new Spans(
        injected,
        injected.stream().map(FaultSpan::startedAt).min(Comparator.naturalOrder()),
        over
            ? injected.stream().map(FaultSpan::endedAt).max(Comparator.naturalOrder())
            : Optional.empty());
  }

  /** The phase of a span of time that is as short as a window; the run is every span's beside. */
  Optional<Phase> phase(Instant from, Instant to) {
    if (first.isEmpty() || !to.isAfter(first.get())) {
      return Optional.of(Phase.BASELINE);
    }
    if (faults.stream().anyMatch(fault -> fault.overlaps(from, to))) {
      return Optional.of(Phase.FAULT);
    }
    return last.filter(end -> !from.isBefore(end)).map(_ -> Phase.RECOVERY);
  }

  /** From when to when a phase lasts, within what was watched; empty when it did not take place. */
  Optional<Interval> interval(Phase phase, Interval watched) {
    return switch (phase) {
      case RUN -> Optional.of(watched);
      case BASELINE -> Interval.of(watched.from(), first.orElse(watched.to()));
      case FAULT -> first.flatMap(from -> Interval.of(from, last.orElse(watched.to())));
      case RECOVERY -> last.flatMap(from -> Interval.of(from, watched.to()));
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
