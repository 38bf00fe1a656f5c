package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.hypothesis.AlertMeasure;
import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Unit;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.verdict.history.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The alerts of a run. The firing of an alert that counts is the first at or after the beginning of
 * the first fault, whatever its other labels.
 *
 * @param firings in the order of time
 * @param from the beginning of the first fault; empty when none was injected
 * @param until until when alerts were watched
 * @param gap why not all of them need have been seen; empty when they were
 */
record AlertLog(
    List<Firing> firings, Optional<Instant> from, Optional<Instant> until, Optional<String> gap) {

  /**
   * One alert from when it fired.
   *
   * @param acknowledgedAt null while nobody did
   * @param resolvedAt null while it fires
   */
  record Firing(String alert, Instant firedAt, Instant acknowledgedAt, Instant resolvedAt) {

    Firing and(Firing later) {
      return new Firing(
          alert,
          firedAt,
          earlier(acknowledgedAt, later.acknowledgedAt),
          earlier(resolvedAt, later.resolvedAt));
    }

    private static Instant earlier(Instant one, Instant other) {
      return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
  }

  /** When the run is over. */
  static AlertLog whole(Collection<Evidence> events, Spans spans) {
    Optional<ProbeFinished> finished =
        events.stream()
            .map(Evidence::data)
            .filter(ProbeFinished.class::isInstance)
            .map(ProbeFinished.class::cast)
            .findFirst();
    Optional<String> gap =
        finished.isEmpty()
            ? Optional.of("the probes were not heard of until their end")
            : finished.get().alerts() == null
                ? Optional.of("alerts were not watched")
                : gap(finished.get().alerts());
    return new AlertLog(
        firings(events), spans.first(), finished.map(ProbeFinished::finishedAt), gap);
  }

  private static Optional<String> gap(AlertWatch watch) {
    return watch.whole()
        ? Optional.empty()
        : Optional.of(
            "alerts were not watched all the time"
                + (watch.reason().isEmpty() ? "" : ": " + watch.reason()));
  }

  /** While a fault is live: by what was seen. */
  static AlertLog soFar(Collection<Evidence> events, Spans spans, Optional<Instant> now) {
    return new AlertLog(firings(events), spans.first(), now, Optional.empty());
  }

  private static List<Firing> firings(Collection<Evidence> events) {
    Map<String, Firing> firings = new TreeMap<>();
    for (Evidence event : events) {
      if (event.data() instanceof AlertObserved alert) {
        firings.merge(
            alert.firedAt() + " " + alert.alert() + " " + new TreeMap<>(alert.labels()),
            new Firing(alert.alert(), alert.firedAt(), alert.acknowledgedAt(), alert.resolvedAt()),
            Firing::and);
      }
    }
    return firings.values().stream().sorted(Comparator.comparing(Firing::firedAt)).toList();
  }

  Value of(Fact fact) {
    if (from.isEmpty()) {
      return new Value.Missing("no fault was injected");
    }
    return switch (fact) {
      case Fact.AlertsFired _ -> count(fact, counting().size());
      case Fact.OfAlert(String alert, AlertMeasure measure) -> {
        List<Firing> those =
            counting().stream().filter(firing -> firing.alert().equals(alert)).toList();
        yield switch (measure) {
          case FIRED -> count(fact, those.size());
          case TIME_TO_FIRE -> timeToFire(fact, alert, those);
          case TIME_TO_ACKNOWLEDGE -> after(fact, alert, those, true);
          case TIME_TO_RESOLVE -> after(fact, alert, those, false);
        };
      }
      case Fact.Measured _, Fact.LabelShare _, Fact.RecoveryTime _ ->
          throw new IllegalArgumentException(fact.name() + " is not of alerts");
    };
  }

  private List<Firing> counting() {
    return firings.stream().filter(firing -> !firing.firedAt().isBefore(from.get())).toList();
  }

  private Value count(Fact fact, int seen) {
    if (gap.isEmpty()) {
      return new Value.Exact(seen);
    }
    return seen == 0
        ? new Value.Missing(gap.get())
        : atMostKnown(fact, seen, seen, Double.POSITIVE_INFINITY);
  }

  private Value timeToFire(Fact fact, String alert, List<Firing> those) {
    if (!those.isEmpty()) {
      double seconds = seconds(from.get(), those.get(0).firedAt());
      return gap.isEmpty() ? new Value.Exact(seconds) : atMostKnown(fact, 0, seconds, seconds);
    }
    boolean isOld =
        firings.stream()
            .filter(firing -> firing.alert().equals(alert))
            .anyMatch(
                firing -> firing.resolvedAt() == null || firing.resolvedAt().isAfter(from.get()));
    if (isOld) {
      return new Value.Missing(alert + " was firing already when the first fault began");
    }
    return gap.<Value>map(Value.Missing::new).orElseGet(() -> notSince(from.get()));
  }

  private Value after(Fact fact, String alert, List<Firing> those, boolean acknowledged) {
    if (those.isEmpty()) {
      return new Value.Missing(gap.orElse(alert + " did not fire"));
    }
    Firing first = those.get(0);
    Instant end = acknowledged ? first.acknowledgedAt() : first.resolvedAt();
    if (end != null) {
      double seconds = Math.max(0, seconds(first.firedAt(), end));
      return gap.isEmpty() ? new Value.Exact(seconds) : atMostKnown(fact, 0, seconds, seconds);
    }
    return gap.<Value>map(Value.Missing::new).orElseGet(() -> notSince(first.firedAt()));
  }

  private Value notSince(Instant instant) {
    return until
        .<Value>map(end -> new Value.MoreThan(Math.max(0, seconds(instant, end))))
        .orElseGet(() -> new Value.Missing("nothing was watched"));
  }

  private static Value atMostKnown(Fact fact, double low, double likeliest, double high) {
    return new Value.Estimated(
        low,
        likeliest,
        high,
        new Estimate(
            fact.name(),
            "as far as alerts were watched",
            likeliest,
            low,
            high,
            null,
            null,
            0,
            null,
            null,
            fact.unit() == Unit.SECONDS ? Unit.SECONDS.symbol() : ""));
  }

  private static double seconds(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
