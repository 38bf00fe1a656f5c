package dev.greenstick.contracts.hypothesis;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An assertion as a tree of and, or and not over conditions that CEL decides. The tree is ours so
 * that logic is three-valued and the comparison that decided is known.
 */
sealed interface Condition {

  Evaluation evaluate(FactValues facts);

  List<Comparison> comparisons();

  /** Both hold. */
  record Both(Condition first, Condition second) implements Condition {

    @Override
    public Evaluation evaluate(FactValues facts) {
      return Evaluation.combined(first.evaluate(facts), second.evaluate(facts), Outcome.FAILED);
    }

    @Override
    public List<Comparison> comparisons() {
      return joined(first, second);
    }
  }

  /** One of them holds. */
  record Either(Condition first, Condition second) implements Condition {

    @Override
    public Evaluation evaluate(FactValues facts) {
      return Evaluation.combined(first.evaluate(facts), second.evaluate(facts), Outcome.HELD);
    }

    @Override
    public List<Comparison> comparisons() {
      return joined(first, second);
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {

    @Override
    public Evaluation evaluate(FactValues facts) {
      return condition.evaluate(facts).negated();
    }

    @Override
    public List<Comparison> comparisons() {
      return condition.comparisons();
    }
  }

  /** Two figures are compared. */
  record Compared(
      Comparison comparison,
      CelRuntime.Program whole,
      CelRuntime.Program left,
      CelRuntime.Program right)
      implements Condition {

    @Override
    public Evaluation evaluate(FactValues facts) {
      SortedSet<String> missing = facts.missing(comparison.facts());
      if (!missing.isEmpty()) {
        return Evaluation.lacking(missing);
      }
      boolean bounded =
          comparison.facts().stream().anyMatch(fact -> facts.moreThan().containsKey(fact.name()));
      try {
        return bounded ? between(facts) : exactly(facts);
      } catch (CelEvaluationException e) {
        return Evaluation.undecided(Optional.empty(), "cannot be computed: " + e.getMessage());
      }
    }

    private Evaluation exactly(FactValues facts) throws CelEvaluationException {
      Map<String, Object> figures = Figure.asCel(comparison.facts(), facts, Duration.ZERO);
      double l = Figure.number(left.eval(figures));
      double r = Figure.number(right.eval(figures));
      Evaluation.Figures sides =
          new Evaluation.Figures(comparison, l, r, comparison.margin(l, r), false);
      if (Double.isNaN(l) || Double.isNaN(r)) {
        return Evaluation.undecided(
            Optional.empty(),
            (Double.isNaN(l) ? comparison.left() : comparison.right())
                + " is not a number for these facts");
      }
      return Evaluation.decided((Boolean) whole.eval(figures), Optional.of(sides));
    }

    /** Decided only when it comes out alike just above the lower bound and for ever after. */
    private Evaluation between(FactValues facts) throws CelEvaluationException {
      Map<String, Object> least = Figure.asCel(comparison.facts(), facts, Duration.ofNanos(1));
      Map<String, Object> most = Figure.asCel(comparison.facts(), facts, Figure.LONGEST);
      Map<String, Object> bound = Figure.asCel(comparison.facts(), facts, Duration.ZERO);
      double l = Figure.number(left.eval(bound));
      double r = Figure.number(right.eval(bound));
      boolean atLeast = (Boolean) whole.eval(least);
      boolean decided = comparison.isOrdering() && atLeast == (Boolean) whole.eval(most);
      Optional<Evaluation.Figures> sides =
          Optional.of(
              new Evaluation.Figures(
                  comparison, l, r, decided ? comparison.margin(l, r) : Double.NaN, true));
      return decided
          ? Evaluation.decided(atLeast, sides)
          : Evaluation.undecided(sides, "that is too short to tell");
    }

    @Override
    public List<Comparison> comparisons() {
      return List.of(comparison);
    }
  }

  /** Anything else that is true or false. */
  record Computed(Set<Fact> facts, CelRuntime.Program program) implements Condition {

    public Computed {
      facts = Set.copyOf(facts);
    }

    @Override
    public Evaluation evaluate(FactValues values) {
      SortedSet<String> missing = values.missing(facts);
      facts.stream().map(Fact::name).filter(values.moreThan()::containsKey).forEach(missing::add);
      if (!missing.isEmpty()) {
        return Evaluation.lacking(missing);
      }
      try {
        return Evaluation.decided(
            (Boolean) program.eval(Figure.asCel(facts, values, Duration.ZERO)), Optional.empty());
      } catch (CelEvaluationException e) {
        return Evaluation.undecided(Optional.empty(), "cannot be computed: " + e.getMessage());
      }
    }

    @Override
    public List<Comparison> comparisons() {
      return List.of();
    }
  }

  private static List<Comparison> joined(Condition first, Condition second) {
    return Stream.of(first, second).flatMap(condition -> condition.comparisons().stream()).toList();
  }

  /** Figures between our maps of doubles and CEL. */
  final class Figure {

    /** What CEL calls the longest duration: ten thousand years. */
    static final Duration LONGEST = Duration.ofSeconds(315_576_000_000L);

    private Figure() {}

    static Map<String, Object> asCel(Set<Fact> facts, FactValues values, Duration aboveBound) {
      Map<String, Object> cel = new TreeMap<>();
      for (Fact fact : facts) {
        Double known = values.known().get(fact.name());
        double figure = known != null ? known : values.moreThan().get(fact.name());
        if (!fact.unit().isDuration()) {
          cel.put(fact.name(), figure);
        } else {
          Duration duration = duration(figure);
          cel.put(
              fact.name(),
              known != null
                  ? duration
                  : aboveBound.equals(LONGEST) ? LONGEST : duration.plus(aboveBound));
        }
      }
      return cel;
    }

    static Duration duration(double seconds) {
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** The figure of a side: durations in seconds. */
    static double number(Object side) {
      if (side instanceof Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
      }
      if (side instanceof Number number) {
        return number.doubleValue();
      }
      return Double.NaN;
    }
  }
}
