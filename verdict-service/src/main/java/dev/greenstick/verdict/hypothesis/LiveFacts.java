package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Part;
import dev.greenstick.contracts.hypothesis.Statistic;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Spans.Interval;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known while a fault is live. A stop condition is a brake: it goes by what was seen, and
 * neither a window that is missing nor a late prober keeps it from braking.
 */
final class LiveFacts {

  private final Progress progress;
  private final Spans spans;
  private final Wanted wanted;
  private final Bounds bounds;
  private final Bounds lenient;

  LiveFacts(Progress progress, Wanted wanted, Bounds bounds) {
    this.progress = progress;
    this.spans = Spans.of(progress.faults());
    this.wanted = wanted;
    this.bounds = bounds;
    this.lenient = bounds.forgiving();
  }

  /** The sums of all windows there are. */
  LiveTally afresh(History history) {
    Map<Part, Tally> tallies = new HashMap<>();
    wanted.parts().forEach(part -> tallies.put(part, new Tally()));
    Instant[] until = {Instant.EPOCH};
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window) {
            add(window, tallies);
            until[0] = later(until[0], window);
          }
        });
    LiveTally[] sums = {kept(tallies, Map.of(), until[0])};
    if (!wanted.sustained().isEmpty()) {
      history.windows(
          evidence -> {
            if (evidence.data() instanceof HealthWindow window) {
              sums[0] =
                  new LiveTally(
                      sums[0].tallies(), streaks(sums[0], window, history), sums[0].until());
            }
          });
    }
    return sums[0];
  }

  /** With one window more. */
  LiveTally with(LiveTally before, HealthWindow window, History history) {
    Map<String, Tally.Kept> tallies = new HashMap<>(before.tallies());
    for (Part part : wanted.parts()) {
      if (spans.isIn(part, window)) {
        Tally sum =
            Optional.ofNullable(before.tallies().get(part.word()))
                .map(Tally::of)
                .orElseGet(Tally::new);
        sum.add(window, bounds);
        tallies.put(part.word(), sum.keep());
      }
    }
    LiveTally sums = new LiveTally(tallies, before.streaks(), later(before.until(), window));
    return new LiveTally(sums.tallies(), streaks(sums, window, history), sums.until());
  }

  private void add(HealthWindow window, Map<Part, Tally> tallies) {
    tallies.forEach(
        (part, tally) -> {
          if (spans.isIn(part, window)) {
            tally.add(window, bounds);
          }
        });
  }

  private static LiveTally kept(
      Map<Part, Tally> tallies, Map<String, LiveStreak> streaks, Instant until) {
    Map<String, Tally.Kept> kept = new HashMap<>();
    tallies.forEach((part, tally) -> kept.put(part.word(), tally.keep()));
    return new LiveTally(kept, streaks, until);
  }

  private Map<String, LiveStreak> streaks(LiveTally sums, HealthWindow window, History history) {
    Map<String, LiveStreak> streaks = new HashMap<>(sums.streaks());
    for (Statistic.Sustained statistic : wanted.sustained()) {
      if (spans.isIn(statistic.over(), window)) {
        Facts whole = facts(sums, history);
        int probes =
            statistic.over().probe().isPresent() ? 1 : Math.max(1, progress.plan().probes().size());
        streaks.put(
            statistic.name(),
            sums.streaks()
                .getOrDefault(statistic.name(), LiveStreak.NONE)
                .with(
                    window,
                    probes,
                    second -> Streaks.in(statistic, second, whole, lenient) == Outcome.HELD));
      }
    }
    return streaks;
  }

  /** By the sums so far. */
  Facts facts(LiveTally sums, History history) {
    Map<Part, Observation> observations = new HashMap<>();
    for (Part part : wanted.parts()) {
      observations.put(
          part,
          Observation.soFar(
              Optional.ofNullable(sums.tallies().get(part.word()))
                  .map(Tally::of)
                  .orElseGet(Tally::new)));
    }
    // Only then are the events read, of which there are the more the longer the run is.
    List<Evidence> events =
        wanted.namesPods() || wanted.namesAlerts() ? history.events() : List.of();
    return new Facts(
        wanted,
        observations,
        fact -> other(fact, events, sums),
        statistic ->
            new Value.Exact(
                sums.streaks()
                    .getOrDefault(statistic.name(), LiveStreak.NONE)
                    .of(statistic.kind())),
        lenient);
  }

  private Value other(Fact fact, Collection<Evidence> events, LiveTally sums) {
    return switch (fact) {
      case Fact.Measured measured -> pods(measured, PodTimeline.of(events));
      case Fact.AlertsFired _, Fact.OfAlert _ ->
          AlertLog.soFar(events, spans, Optional.of(sums.until())).of(fact);
      case Fact.RecoveryTime _, Fact.LabelShare _ ->
          new Value.Missing("it is not known while a fault is live");
    };
  }

  private Value pods(Fact.Measured fact, PodTimeline pods) {
    return Optional.ofNullable(progress.probeStartedAt())
        .flatMap(start -> pods.lastSeen().flatMap(end -> Interval.of(start, end)))
        .flatMap(watched -> spans.interval(fact.part().span(), watched))
        .map(interval -> pods.value(fact.measure(), interval))
        .orElseGet(
            () -> new Value.Missing("no health of pods was told " + fact.part().span().meaning()));
  }

  private static Instant later(Instant one, HealthWindow window) {
    Instant end = window.start().plus(WindowCensus.SECOND);
    return end.isAfter(one) ? end : one;
  }
}
