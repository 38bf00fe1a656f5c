package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Figure;
import dev.greenstick.contracts.hypothesis.Part;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.hypothesis.Span;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Spans.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
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

  /**
   * The baseline alone, as it is judged before any fault: the first windows of every probe.
   *
   * @param figures what is to be known
   */
  public Facts baseline(Progress progress, History history, Collection<Figure> figures) {
    int count = progress.plan().baselineWindows();
    Membership first = (_, index, _) -> index < count;
    Wanted wanted = Wanted.of(figures);
    WindowCensus census = WindowCensus.of(history, bounds, wanted, first);
    Optional<Instant> start = start(progress, census);
    census.expect(progress.plan().probes(), _ -> count, first, start.orElse(Instant.EPOCH));
    Map<Part, Observation> observations = new HashMap<>();
    for (Part part : wanted.parts()) {
      observations.put(
          part,
          Observation.of(
              census,
              part,
              count + " s of " + part.word(),
              unknown(part, progress.plan().probes())));
    }
    PodTimeline pods = PodTimeline.of(history.events());
    return new Facts(
        wanted,
        observations,
        fact ->
            pods.isEmpty() || start.isEmpty() || !(fact instanceof Fact.Measured measured)
                ? new Value.Missing("no health of pods was told")
                : pods.value(
                    measured.measure(), new Interval(start.get(), start.get().plusSeconds(count))),
        bounds);
  }

  /**
   * The whole run, as the verdict judges it.
   *
   * @param figures what is to be known, beside the facts of every phase
   */
  public Facts whole(Progress progress, History history, Collection<Figure> figures) {
    Spans spans = Spans.of(progress.faults());
    Wanted wanted = Wanted.of(figures).withEveryPhase();
    WindowCensus census = WindowCensus.of(history, bounds, wanted, spans);
    Optional<Instant> start = start(progress, census);
    Set<ProbeName> probes = probes(progress);
    start.ifPresent(
        zero ->
            census.expect(probes, probe -> expected(progress, probe, zero, census), spans, zero));
    List<Evidence> events = history.events();
    Optional<Interval> watched =
        start.flatMap(zero -> watchedUntil(events, census).flatMap(end -> Interval.of(zero, end)));
    Map<Part, Observation> observations = new HashMap<>();
    for (Part part : wanted.parts()) {
      observations.put(
          part,
          Observation.of(
              census,
              part,
              part.word(),
              unknown(part, probes).or(() -> broken(part.span(), progress, spans, watched))));
    }
    PodTimeline pods = PodTimeline.of(events);
    AlertLog alerts = AlertLog.whole(events, spans);
    return new Facts(
        wanted,
        observations,
        fact ->
            switch (fact) {
              case Fact.Measured measured ->
                  pods(
                      measured,
                      pods,
                      broken(measured.part().span(), progress, spans, watched),
                      watched.flatMap(all -> spans.interval(measured.part().span(), all)));
              case Fact.RecoveryTime recovery ->
                  recovery(recovery, observations, spans, census, pods, hit(events));
              case Fact.AlertsFired _, Fact.OfAlert _ -> alerts.of(fact);
              case Fact.LabelShare _ -> throw new IllegalArgumentException(fact.name());
            },
        bounds);
  }

  /** What is known while a fault is live, for as long as nothing but windows come. */
  public LiveFacts live(Progress progress, Collection<Figure> figures) {
    return new LiveFacts(progress, Wanted.of(figures), bounds);
  }

  private static Value pods(
      Fact.Measured fact, PodTimeline pods, Optional<String> broken, Optional<Interval> interval) {
    if (broken.isPresent()) {
      return new Value.Missing(broken.get());
    }
    if (pods.isEmpty()) {
      return new Value.Missing("no health of pods was told");
    }
    return interval
        .map(span -> pods.value(fact.measure(), span))
        .orElseGet(() -> new Value.Missing("nothing was watched " + fact.part().span().meaning()));
  }

  private static Optional<String> unknown(Part part, Collection<ProbeName> probes) {
    return part.probe()
        .filter(probe -> !probes.contains(probe))
        .map(probe -> "there is no probe " + probe);
  }

  /** Why nothing can be known of a span: it did not take place, or its end was not seen. */
  private static Optional<String> broken(
      Span span, Progress progress, Spans spans, Optional<Interval> watched) {
    if (progress.probeRefused()) {
      return Optional.of("the probes were refused");
    }
    if (watched.isEmpty()) {
      return Optional.of("no window was seen");
    }
    boolean isOfFaults = span != Phase.BASELINE && span != Phase.RUN;
    if (isOfFaults && spans.begun(span).isEmpty()) {
      return Optional.of(
          span instanceof Span.OfStep step
              ? "no fault of step " + step.step() + " was injected"
              : "no fault was injected");
    }
    if (isOfFaults && spans.ended(span).isEmpty()) {
      return Optional.of("it is not known that every fault was reverted");
    }
    if (progress.expected() == null) {
      Optional<Instant> end =
          switch (span) {
            case Phase phase ->
                switch (phase) {
                  case BASELINE -> spans.first();
                  case FAULT -> spans.last();
                  case RECOVERY, RUN -> Optional.<Instant>empty();
                };
            case Span.OfStep step -> spans.ended(step);
          };
      if (end.isEmpty() || end.get().isAfter(watched.get().to())) {
        return Optional.of("the probes were not heard of until their end");
      }
    }
    return Optional.empty();
  }

  private static Value recovery(
      Fact.RecoveryTime fact,
      Map<Part, Observation> observations,
      Spans spans,
      WindowCensus census,
      PodTimeline pods,
      Set<PodRef> hit) {
    Observation seen = observations.get(fact.part());
    if (seen.broken().isPresent()) {
      return new Value.Missing(seen.broken().get());
    }
    if (pods.isEmpty()) {
      return new Value.Missing("no health of pods was told");
    }
    Instant reverted = spans.last().orElseThrow();
    Instant until = census.lastEnd().orElseThrow();
    long before = pods.readyAt(spans.first().orElseThrow());
    Optional<Instant> restored = pods.restoredFrom(reverted, before, hit);
    Instant clean = census.lastFailureEnd(fact.probe()).orElse(reverted);
    return restored
        .filter(_ -> clean.isBefore(until))
        .<Value>map(at -> new Value.Exact(seconds(reverted, at.isAfter(clean) ? at : clean)))
        .orElseGet(() -> new Value.MoreThan(seconds(reverted, until)));
  }

  private static double seconds(Instant from, Instant to) {
    Duration duration = to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  private static Set<PodRef> hit(Collection<Evidence> events) {
    return events.stream()
        .map(Evidence::data)
        .filter(FaultInjected.class::isInstance)
        .flatMap(data -> ((FaultInjected) data).pods().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<ProbeName> probes(Progress progress) {
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
