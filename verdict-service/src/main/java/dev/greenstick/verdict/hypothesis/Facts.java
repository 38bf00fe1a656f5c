package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Fact;
import dev.greenstick.contracts.hypothesis.Figure;
import dev.greenstick.contracts.hypothesis.Known;
import dev.greenstick.contracts.hypothesis.Part;
import dev.greenstick.contracts.hypothesis.Statistic;
import dev.greenstick.contracts.hypothesis.Value;
import dev.greenstick.contracts.hypothesis.Vocabulary;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that the history of a run says of what was asked, and why it does not say the rest.
 * For one thread.
 */
public final class Facts implements Known {

  private static final Value NOT_ASKED = new Value.Missing("nobody asked for it");

  private final Wanted wanted;
  private final Map<Part, Observation> observations;
  private final Function<Fact, Value> others;
  private final Function<Statistic.Sustained, Value> sustained;
  private final Bounds bounds;
  private final Map<String, Value> values = new HashMap<>();

  /**
   * @param wanted what is asked
   * @param observations what was seen of each part of it
   * @param others facts that are not of predictions
   * @param bounds when latencies are spoilt
   */
  Facts(
      Wanted wanted,
      Map<Part, Observation> observations,
      Function<Fact, Value> others,
      Bounds bounds) {
    this(wanted, observations, others, null, bounds);
  }

  /** As the other, for what goes on: how long conditions have held is known already. */
  Facts(
      Wanted wanted,
      Map<Part, Observation> observations,
      Function<Fact, Value> others,
      Function<Statistic.Sustained, Value> sustained,
      Bounds bounds) {
    this.wanted = Objects.requireNonNull(wanted, "wanted");
    this.observations = Map.copyOf(observations);
    this.others = Objects.requireNonNull(others, "others");
    this.sustained = sustained != null ? sustained : this::heldFor;
    this.bounds = Objects.requireNonNull(bounds, "bounds");
  }

  @Override
  public Value of(Figure figure) {
    Value known = values.get(figure.name());
    if (known == null) {
      known = compute(figure);
      values.put(figure.name(), known);
    }
    return known;
  }

  private Value compute(Figure figure) {
    return switch (figure) {
      case Fact fact -> compute(fact);
      case Statistic.Sustained statistic -> sustained.apply(statistic);
      case Statistic.Contrast contrast ->
          missing(contrast).orElseGet(() -> Contrasts.of(contrast, this, bounds));
      case Statistic.Confident confident ->
          missing(confident).orElseGet(() -> Contrasts.of(confident, this));
      case Statistic.LabelShift shift -> missing(shift).orElseGet(() -> Contrasts.of(shift, this));
    };
  }

  private Value compute(Fact fact) {
    return switch (fact) {
      case Fact.Measured measured when measured.measure().isOfPods() -> others.apply(measured);
      case Fact.Measured measured -> {
        Observation seen = observations.get(fact.part());
        yield seen == null
            ? NOT_ASKED
            : seen.broken()
                .<Value>map(Value.Missing::new)
                .orElseGet(() -> Readings.of(measured, seen.tally(), bounds));
      }
      case Fact.LabelShare share -> {
        Observation seen = observations.get(fact.part());
        yield seen == null
            ? NOT_ASKED
            : seen.broken()
                .<Value>map(Value.Missing::new)
                .orElseGet(() -> Readings.of(share, seen.tally()));
      }
      case Fact.RecoveryTime _, Fact.AlertsFired _, Fact.OfAlert _ -> others.apply(fact);
    };
  }

  /** Why a statistic cannot be made: a fact is not known, or not exactly. */
  private Optional<Value> missing(Statistic statistic) {
    return statistic.facts().stream().flatMap(fact -> inexact(fact).stream()).findFirst();
  }

  private Optional<Value> inexact(Fact fact) {
    Value value = of(fact);
    return value instanceof Value.Estimated estimated
        ? Optional.of(
            new Value.Missing(
                fact.name() + " is not known exactly: " + estimated.estimate().method()))
        : Optional.of(value).filter(Value.Missing.class::isInstance);
  }

  private Value heldFor(Statistic.Sustained statistic) {
    Observation seen = observations.get(statistic.over());
    if (seen == null) {
      return NOT_ASKED;
    }
    return seen.broken()
        .<Value>map(Value.Missing::new)
        .orElseGet(() -> Streaks.over(statistic, seen.seconds(), this, bounds));
  }

  /** What was seen of a part. Null when nobody asked. */
  Observation observation(Part part) {
    return observations.get(part);
  }

  /** How many predictions these facts rest on. */
  long samples(Collection<Fact> facts) {
    return facts.stream()
        .map(Fact::part)
        .distinct()
        .map(observations::get)
        .filter(Objects::nonNull)
        .mapToLong(seen -> seen.tally().answers().total())
        .sum();
  }

  /** The facts among these that are known exactly, by name. */
  Map<String, Double> exact(Collection<? extends Figure> figures) {
    Map<String, Double> exact = new TreeMap<>();
    for (Figure figure : figures) {
      if (figure instanceof Fact && of(figure) instanceof Value.Exact(double value)) {
        exact.put(figure.name(), value);
      }
    }
    return exact;
  }

  /**
   * Every fact of the phases that is known exactly, and of steps, probes and alerts those asked.
   */
  public Map<String, Double> known() {
    return exact(Stream.concat(Vocabulary.all().stream(), wanted.figures().stream()).toList());
  }
}
