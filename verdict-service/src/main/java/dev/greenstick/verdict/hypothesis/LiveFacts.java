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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known while a fault is live. A stop condition is a brake: it goes by what was seen, and
 * neither a window that is missing nor a late prober keeps it from braking.
 */
public final class LiveFacts {

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
  public LiveSums afresh(History history) {
    LiveSums sums = new LiveSums();
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window) {
            addUp(sums, window);
          }
        });
    if (!wanted.sustained().isEmpty()) {
      history.windows(
          evidence -> {
            if (evidence.data() instanceof HealthWindow window) {
              addStreaks(sums, window, history);
            }
          });
    }
    return sums;
  }

  /** Adds one window more. */
  public void add(LiveSums sums, HealthWindow window, History history) {
    addUp(sums, window);
    addStreaks(sums, window, history);
  }

  private void addUp(LiveSums sums, HealthWindow window) {
    for (Part part : wanted.parts()) {
      if (spans.isIn(part, window)) {
        Tally tally = sums.tally(part);
        tally.addAnswers(window, bounds);
        if (wanted.namesLatencies()) {
          tally.addLatencies(window);
        }
        if (wanted.namesLabels()) {
          tally.addLabels(window);
        }
      }
    }
    sums.seen(window.start().plus(WindowCensus.SECOND));
  }

  private void addStreaks(LiveSums sums, HealthWindow window, History history) {
    for (Statistic.Sustained statistic : wanted.sustained()) {
      if (spans.isIn(statistic.over(), window)) {
        Facts whole = facts(sums, history);
        int probes =
            statistic.over().probe().isPresent() ? 1 : Math.max(1, progress.plan().probes().size());
        sums.streak(
            statistic.name(),
            sums.streak(statistic.name())
                .with(
                    window,
                    probes,
                    second -> Streaks.in(statistic, second, whole, lenient) == Outcome.HELD));
      }
    }
  }

  /** By the sums so far; to be asked before they change. */
  public Facts facts(LiveSums sums, History history) {
    Map<Part, Observation> observations = new HashMap<>();
    for (Part part : wanted.parts()) {
      observations.put(part, Observation.soFar(sums.tally(part)));
    }
    // Only then are the events read, of which there are the more the longer the run is.
    List<Evidence> events =
        wanted.namesPods() || wanted.namesAlerts() ? history.events() : List.of();
    return new Facts(
        wanted,
        observations,
        fact -> other(fact, events, sums),
        statistic -> new Value.Exact(sums.streak(statistic.name()).of(statistic.kind())),
        lenient);
  }

  private Value other(Fact fact, Collection<Evidence> events, LiveSums sums) {
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
}
