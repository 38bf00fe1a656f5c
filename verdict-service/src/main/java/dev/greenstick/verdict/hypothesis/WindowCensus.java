package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Part;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.verdict.history.History;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** One pass over the windows of a run: what each part adds up to, and what is not there. */
final class WindowCensus {

  static final Duration SECOND = Duration.ofSeconds(1);

  private final Map<Part, Tally> tallies = new HashMap<>();
  private final Map<Part, SortedMap<Integer, Second>> series = new HashMap<>();
  private final Map<Part, Integer> missing = new HashMap<>();
  private final SortedMap<ProbeName, BitSet> seen = new TreeMap<>();
  private final Map<ProbeName, Instant> lastFailureEnds = new HashMap<>();
  private Instant firstStart;
  private Instant lastEnd;

  private WindowCensus() {}

  /**
   * @param history where the windows are
   * @param wanted what is added up and what is kept
   * @param membership which windows are of which span
   */
  static WindowCensus of(History history, Bounds bounds, Wanted wanted, Membership membership) {
    WindowCensus census = new WindowCensus();
    for (Part part : wanted.parts()) {
      census.tallies.put(part, new Tally());
      census.missing.put(part, 0);
    }
    wanted.series().forEach(part -> census.series.put(part, new TreeMap<>()));
    boolean labels = wanted.namesLabels();
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window) {
            census.count(window, bounds, membership, labels);
          }
        });
    return census;
  }

  private void count(HealthWindow window, Bounds bounds, Membership membership, boolean labels) {
    tallies.forEach(
        (part, tally) -> {
          if (membership.isIn(part, window)) {
            tally.addAnswers(window, bounds);
            tally.addLatencies(window);
            if (labels) {
              tally.addLabels(window);
            }
          }
        });
    series.forEach(
        (part, seconds) -> {
          if (membership.isIn(part, window)) {
            seconds.put(
                window.index(), seconds.getOrDefault(window.index(), Second.NONE).with(window));
          }
        });
    seen.computeIfAbsent(window.probe(), _ -> new BitSet()).set(window.index());
    Instant end = window.start().plus(SECOND);
    if (firstStart == null || window.start().minusSeconds(window.index()).isBefore(firstStart)) {
      firstStart = window.start().minusSeconds(window.index());
    }
    lastEnd = later(lastEnd, end);
    if (window.answers().ok() < window.answers().total()) {
      lastFailureEnds.merge(window.probe(), end, WindowCensus::later);
    }
  }

  /**
   * Counts the windows that should be there and are not.
   *
   * @param probes every probe that should have windows
   * @param expected how many a probe should have
   * @param membership which windows are of which span
   * @param zero the beginning of window 0
   */
  void expect(
      Collection<ProbeName> probes,
      Function<ProbeName, Integer> expected,
      Membership membership,
      Instant zero) {
    for (ProbeName probe : probes) {
      BitSet indices = seen.getOrDefault(probe, new BitSet());
      int count = expected.apply(probe);
      for (int i = indices.nextClearBit(0); i < count; i = indices.nextClearBit(i + 1)) {
        int index = i;
        missing.replaceAll(
            (part, sum) ->
                part.probe().map(probe::equals).orElse(true)
                        && membership.isIn(part.span(), index, zero.plusSeconds(index))
                    ? sum + 1
                    : sum);
      }
    }
  }

  /** Whether a probe has any window. */
  boolean knows(ProbeName probe) {
    return seen.containsKey(probe);
  }

  Tally tally(Part part) {
    return tallies.computeIfAbsent(part, _ -> new Tally());
  }

  /** The seconds of a part of which a series is wanted, by index. */
  SortedMap<Integer, Second> seconds(Part part) {
    return series.getOrDefault(part, new TreeMap<>());
  }

  int missing(Part part) {
    return missing.getOrDefault(part, 0);
  }

  /** The beginning of window 0, as the windows say. */
  Optional<Instant> firstStart() {
    return Optional.ofNullable(firstStart);
  }

  /** The end of the last window that is there. */
  Optional<Instant> lastEnd() {
    return Optional.ofNullable(lastEnd);
  }

  /** The end of the last window with a prediction that was not right, of one probe or of any. */
  Optional<Instant> lastFailureEnd(Optional<ProbeName> probe) {
    return probe.isPresent()
        ? Optional.ofNullable(lastFailureEnds.get(probe.get()))
        : lastFailureEnds.values().stream().max(Instant::compareTo);
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }
}
