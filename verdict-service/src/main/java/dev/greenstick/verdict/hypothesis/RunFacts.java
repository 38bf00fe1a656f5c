package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Spans.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Computes {@link Facts}. */
public final class RunFacts {

  private final Bounds bounds;

  /** Facts under these bounds. */
  public RunFacts(Bounds bounds) {
    this.bounds = bounds;
  }

  /** When a prober's own lateness spoils what it measured. */
  public Bounds bounds() {
    return bounds;
  }

  /** The baseline alone, as it is judged before any fault: the first windows of every probe. */
  public Facts baseline(Progress progress, History history) {
    int count = progress.plan().baselineWindows();
    WindowCensus census =
        WindowCensus.of(
            history,
            bounds,
            window -> window.index() < count ? Optional.of(Phase.BASELINE) : Optional.empty());
    census.expect(progress.plan().probes(), _ -> count, _ -> Optional.of(Phase.BASELINE));
    Findings findings = new Findings();
    predictions(findings, Phase.BASELINE, census, count + " s of baseline");
    Optional<Instant> start = start(progress, census);
    PodTimeline pods = PodTimeline.of(history.events());
    if (pods.isEmpty() || start.isEmpty()) {
      findings.noPods(Phase.BASELINE, "no health of pods was told");
    } else {
      findings.pods(
          Phase.BASELINE, pods, new Interval(start.get(), start.get().plusSeconds(count)));
    }
    return findings.facts();
  }

  /** The whole run, as the verdict judges it. */
  public Facts whole(Progress progress, History history) {
    Spans spans = Spans.of(progress.faults());
    List<Evidence> events = history.events();
    WindowCensus census =
        WindowCensus.of(
            history,
            bounds,
            window -> spans.phase(window.start(), window.start().plus(WindowCensus.SECOND)));
    Optional<Instant> start = start(progress, census);
    start.ifPresent(
        zero ->
            census.expect(
                probes(progress),
                probe -> expected(progress, probe, zero, census),
                index -> spans.phase(zero.plusSeconds(index), zero.plusSeconds(index + 1L))));
    Optional<Interval> watched =
        start.flatMap(zero -> watchedUntil(events, census).flatMap(end -> Interval.of(zero, end)));
    Findings findings = new Findings();
    for (Phase phase : Phase.values()) {
      phase(findings, phase, progress, spans, census, PodTimeline.of(events), watched);
    }
    recovery(findings, spans, census, events, watched, progress);
    return findings.facts();
  }

  /**
   * What is known while a fault is live. A stop condition is a brake: it goes by what was seen, and
   * neither a window that is missing nor a late prober keeps it from braking.
   */
  public Facts live(LiveTally tally, Progress progress, History history) {
    Bounds lenient = new Bounds(bounds.lateness(), 1);
    Findings findings = new Findings();
    findings.predictions(Phase.FAULT, Tally.of(tally.fault()), lenient);
    findings.predictions(Phase.RUN, Tally.of(tally.run()), lenient);
    Spans spans = Spans.of(progress.faults());
    List<Evidence> events = history.events();
    PodTimeline pods = PodTimeline.of(events);
    Optional<Interval> watched =
        Optional.ofNullable(progress.probeStartedAt())
            .flatMap(start -> pods.lastSeen().flatMap(end -> Interval.of(start, end)));
    for (Phase phase : List.of(Phase.FAULT, Phase.RUN)) {
      watched
          .flatMap(all -> spans.interval(phase, all))
          .ifPresentOrElse(
              interval -> findings.pods(phase, pods, interval),
              () -> findings.noPods(phase, "no health of pods was told " + phase.meaning()));
    }
    return findings.facts();
  }

  private void phase(
      Findings findings,
      Phase phase,
      Progress progress,
      Spans spans,
      WindowCensus census,
      PodTimeline pods,
      Optional<Interval> watched) {
    Optional<String> broken = broken(phase, progress, spans, watched);
    if (broken.isPresent()) {
      findings.noPredictions(phase, census.tally(phase).answers().total(), broken.get());
      findings.noPods(phase, broken.get());
      return;
    }
    predictions(findings, phase, census, phase.word());
    Optional<Interval> interval = watched.flatMap(all -> spans.interval(phase, all));
    if (pods.isEmpty()) {
      findings.noPods(phase, "no health of pods was told");
    } else if (interval.isEmpty()) {
      findings.noPods(phase, "nothing was watched " + phase.meaning());
    } else {
      findings.pods(phase, pods, interval.get());
    }
  }

  /** Why nothing can be known of a phase: it did not take place, or its end was not seen. */
  private static Optional<String> broken(
      Phase phase, Progress progress, Spans spans, Optional<Interval> watched) {
    if (progress.probeRefused()) {
      return Optional.of("the probes were refused");
    }
    if (watched.isEmpty()) {
      return Optional.of("no window was seen");
    }
    boolean faultPhase = phase == Phase.FAULT || phase == Phase.RECOVERY;
    if (faultPhase && spans.first().isEmpty()) {
      return Optional.of("no fault was injected");
    }
    if (faultPhase && spans.last().isEmpty()) {
      return Optional.of("it is not known that every fault was reverted");
    }
    if (progress.expected() == null) {
      Optional<Instant> end =
          switch (phase) {
            case BASELINE -> spans.first();
            case FAULT -> spans.last();
            case RECOVERY, RUN -> Optional.empty();
          };
      if (end.isEmpty() || end.get().isAfter(watched.get().to())) {
        return Optional.of("the probes were not heard of until their end");
      }
    }
    return Optional.empty();
  }

  private void predictions(Findings findings, Phase phase, WindowCensus census, String span) {
    Tally tally = census.tally(phase);
    int missing = census.missing(phase);
    if (missing > 0) {
      findings.noPredictions(
          phase,
          tally.answers().total(),
          "%d of %d windows of the %s are missing"
              .formatted(missing, missing + tally.windows(), span));
    } else if (tally.windows() == 0) {
      findings.noPredictions(phase, 0, "no window lies " + phase.meaning());
    } else {
      findings.predictions(phase, tally, bounds);
    }
  }

  private static void recovery(
      Findings findings,
      Spans spans,
      WindowCensus census,
      List<Evidence> events,
      Optional<Interval> watched,
      Progress progress) {
    Optional<String> broken = broken(Phase.RECOVERY, progress, spans, watched);
    PodTimeline pods = PodTimeline.of(events);
    if (broken.isPresent()) {
      findings.noRecoveryTime(broken.get());
    } else if (census.missing(Phase.RECOVERY) > 0) {
      findings.noRecoveryTime(
          census.missing(Phase.RECOVERY) + " windows of the recovery are missing");
    } else if (census.tally(Phase.RECOVERY).windows() == 0) {
      findings.noRecoveryTime("no window lies " + Phase.RECOVERY.meaning());
    } else if (pods.isEmpty()) {
      findings.noRecoveryTime("no health of pods was told");
    } else {
      Instant reverted = spans.last().orElseThrow();
      Instant until = census.lastEnd().orElseThrow();
      long before = pods.readyAt(spans.first().orElseThrow());
      Optional<Instant> restored = pods.restoredFrom(reverted, before, hit(events));
      Instant clean = census.lastFailureEnd().orElse(reverted);
      Optional<Duration> taken =
          clean.isBefore(until)
              ? restored.map(at -> atLeastZero(reverted, at.isAfter(clean) ? at : clean))
              : Optional.empty();
      findings.recoveryTime(taken, Duration.between(reverted, until));
    }
  }

  private static Duration atLeastZero(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }

  private static Set<PodRef> hit(Collection<Evidence> events) {
    return events.stream()
        .map(Evidence::data)
        .filter(FaultInjected.class::isInstance)
        .flatMap(data -> ((FaultInjected) data).pods().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Collection<ProbeName> probes(Progress progress) {
    Set<ProbeName> probes = new TreeSet<>(progress.windows().keySet());
    if (progress.expected() != null) {
      probes.addAll(progress.expected().keySet());
    }
    if (progress.plan() != null) {
      probes.addAll(progress.plan().probes());
    }
    return probes;
  }

  /**
   * Probes of one run start and end together: one that says nothing misses what the others have.
   */
  private static int expected(
      Progress progress, ProbeName probe, Instant zero, WindowCensus census) {
    Map<ProbeName, Integer> expected = progress.expected();
    if (expected != null && expected.containsKey(probe)) {
      return expected.get(probe);
    }
    if (expected != null && !expected.isEmpty()) {
      return expected.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
    return (int)
        census
            .lastEnd()
            .map(end -> Math.clamp(Duration.between(zero, end).toSeconds(), 0, Integer.MAX_VALUE))
            .orElse(0);
  }

  private static Optional<Instant> start(Progress progress, WindowCensus census) {
    return Optional.ofNullable(progress.probeStartedAt()).or(census::firstStart);
  }

  private static Optional<Instant> watchedUntil(Collection<Evidence> events, WindowCensus census) {
    return events.stream()
        .map(Evidence::data)
        .filter(ProbeFinished.class::isInstance)
        .map(data -> ((ProbeFinished) data).finishedAt())
        .findFirst()
        .or(census::lastEnd);
  }
}
