package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.verdict.history.History;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** One pass over the windows of a run: what each phase adds up to, and what is not there. */
final class WindowCensus {

  static final Duration SECOND = Duration.ofSeconds(1);

  private final Map<Phase, Tally> tallies = new EnumMap<>(Phase.class);
  private final Map<Phase, Integer> missing = new EnumMap<>(Phase.class);
  private final SortedMap<ProbeName, BitSet> seen = new TreeMap<>();
  private Instant firstStart;
  private Instant lastEnd;
  private Instant lastFailureEnd;

  private WindowCensus() {}

  /**
   * @param history where the windows are
   * @param phases which phase a window counts for besides the run
   */
  static WindowCensus of(
      History history, Bounds bounds, Function<HealthWindow, Optional<Phase>> phases) {
    WindowCensus census = new WindowCensus();
    for (Phase phase : Phase.values()) {
      census.tallies.put(phase, new Tally());
      census.missing.put(phase, 0);
    }
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window) {
            census.count(window, bounds, phases.apply(window));
          }
        });
    return census;
  }

  private void count(HealthWindow window, Bounds bounds, Optional<Phase> phase) {
    tallies.get(Phase.RUN).add(window, bounds);
    phase.ifPresent(one -> tallies.get(one).add(window, bounds));
    seen.computeIfAbsent(window.probe(), _ -> new BitSet()).set(window.index());
    Instant end = window.start().plus(SECOND);
    if (firstStart == null || window.start().minusSeconds(window.index()).isBefore(firstStart)) {
      firstStart = window.start().minusSeconds(window.index());
    }
    lastEnd = later(lastEnd, end);
    if (window.answers().ok() < window.answers().total()) {
      lastFailureEnd = later(lastFailureEnd, end);
    }
  }

  /**
   * Counts the windows that should be there and are not.
   *
   * @param probes every probe that should have windows
   * @param expected how many a probe should have
   * @param phases which phase the window of an index counts for besides the run
   */
  void expect(
      Collection<ProbeName> probes,
      Function<ProbeName, Integer> expected,
      Function<Integer, Optional<Phase>> phases) {
    for (ProbeName probe : probes) {
      BitSet indices = seen.getOrDefault(probe, new BitSet());
      int count = expected.apply(probe);
      for (int i = indices.nextClearBit(0); i < count; i = indices.nextClearBit(i + 1)) {
        missing.merge(Phase.RUN, 1, Integer::sum);
        phases.apply(i).ifPresent(phase -> missing.merge(phase, 1, Integer::sum));
      }
    }
  }

  Tally tally(Phase phase) {
    return tallies.get(phase);
  }

  int missing(Phase phase) {
    return missing.get(phase);
  }

  /** The beginning of window 0, as the windows say. */
  Optional<Instant> firstStart() {
    return Optional.ofNullable(firstStart);
  }

  /** The end of the last window that is there. */
  Optional<Instant> lastEnd() {
    return Optional.ofNullable(lastEnd);
  }

  /** The end of the last window with a prediction that was not right. */
  Optional<Instant> lastFailureEnd() {
    return Optional.ofNullable(lastFailureEnd);
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }
}
