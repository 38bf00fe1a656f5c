package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An expression that is true or false. The tree is ours so that logic is three-valued and the
 * comparison that decided is known.
 */
public sealed interface Condition {

  /** What becomes of it by what is known. */
  Evaluation evaluate(Known known);

  /** The comparisons that it is made of, from left to right. */
  List<Comparison> comparisons();

  /** Every figure that is named. */
  Set<Figure> figures();

  /** In the language, in one form. */
  String text();

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static Set<Figure> both(Set<Figure> one, Set<Figure> other) {
    Set<Figure> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  private static String inParentheses(Condition part) {
    return part instanceof Compared || part instanceof Constant || part instanceof Not
        ? part.text()
        : "(" + part.text() + ")";
  }

  /** Both hold, or one of them does. */
  record Joined(boolean isAnd, Condition first, Condition second) implements Condition {

    @Override
    public Evaluation evaluate(Known known) {
      return Evaluation.combined(
          first.evaluate(known), second.evaluate(known), isAnd ? Outcome.FAILED : Outcome.HELD);
    }

    @Override
    public List<Comparison> comparisons() {
      return joined(first.comparisons(), second.comparisons());
    }

    @Override
    public Set<Figure> figures() {
      return both(first.figures(), second.figures());
    }

    @Override
    public String text() {
      return inParentheses(first) + (isAnd ? " && " : " || ") + inParentheses(second);
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {

    @Override
    public Evaluation evaluate(Known known) {
      return condition.evaluate(known).negated();
    }

    @Override
    public List<Comparison> comparisons() {
      return condition.comparisons();
    }

    @Override
    public Set<Figure> figures() {
      return condition.figures();
    }

    @Override
    public String text() {
      return condition instanceof Constant || condition instanceof Not
          ? "!" + condition.text()
          : "!(" + condition.text() + ")";
    }
  }

  /** Both are alike: both hold, or both do not; or they are not alike. */
  record Alike(boolean isAlike, Condition first, Condition second) implements Condition {

    @Override
    public Evaluation evaluate(Known known) {
      Evaluation one = first.evaluate(known);
      Evaluation other = second.evaluate(known);
      if (one.outcome() == Outcome.UNDECIDED || other.outcome() == Outcome.UNDECIDED) {
        return Evaluation.open(one, other);
      }
      return Evaluation.decided((one.outcome() == other.outcome()) == isAlike, Optional.empty());
    }

    @Override
    public List<Comparison> comparisons() {
      return joined(first.comparisons(), second.comparisons());
    }

    @Override
    public Set<Figure> figures() {
      return both(first.figures(), second.figures());
    }

    @Override
    public String text() {
      return "(" + first.text() + ")" + (isAlike ? " == " : " != ") + "(" + second.text() + ")";
    }
  }

  /** One of two, as a third says. */
  record Chosen(Condition condition, Condition yes, Condition no) implements Condition {

    @Override
    public Evaluation evaluate(Known known) {
      Evaluation chosen = condition.evaluate(known);
      return switch (chosen.outcome()) {
        case HELD -> yes.evaluate(known);
        case FAILED -> no.evaluate(known);
        case UNDECIDED -> {
          Evaluation one = yes.evaluate(known);
          Evaluation other = no.evaluate(known);
          yield one.outcome() == other.outcome() && one.outcome() != Outcome.UNDECIDED
              ? one
              : Evaluation.open(chosen, one.outcome() == Outcome.UNDECIDED ? one : other);
        }
      };
    }

    @Override
    public List<Comparison> comparisons() {
      return joined(joined(condition.comparisons(), yes.comparisons()), no.comparisons());
    }

    @Override
    public Set<Figure> figures() {
      return both(condition.figures(), both(yes.figures(), no.figures()));
    }

    @Override
    public String text() {
      return "(" + condition.text() + ") ? (" + yes.text() + ") : (" + no.text() + ")";
    }
  }

  /** Two quantities of one kind are compared. */
  record Compared(Comparison comparison, Quantity left, Quantity right) implements Condition {

    static Compared of(Quantity left, String operator, Quantity right) {
      return new Compared(
          new Comparison(left.text(), operator, right.text(), left.kind().symbol()), left, right);
    }

    @Override
    public Evaluation evaluate(Known known) {
      Quantity.Reckoned one = left.reckon(known);
      Quantity.Reckoned other = right.reckon(known);
      Optional<Boolean> holds = comparison.decide(one.range(), other.range());
      SortedMap<String, String> missing = new TreeMap<>(one.missing());
      missing.putAll(other.missing());
      if (holds.isEmpty() && !missing.isEmpty()) {
        return Evaluation.lacking(missing);
      }
      boolean isBound = one.isBound() || other.isBound();
      Evaluation.Figures sides =
          new Evaluation.Figures(
              comparison,
              left.kind().told(one.range().at()),
              left.kind().told(other.range().at()),
              holds
                  .map(yes -> left.kind().told(comparison.margin(one.range(), other.range(), yes)))
                  .map(margin -> isBound ? boundMargin(one, other) : margin)
                  .orElse(Double.NaN),
              isBound);
      return holds
          .map(yes -> Evaluation.decided(yes, Optional.of(sides)))
          .orElseGet(() -> Evaluation.undecided(Optional.of(sides), why(one, other, isBound)));
    }

    /** Of a lower bound the margin is counted from the bound itself, and not from just above. */
    private double boundMargin(Quantity.Reckoned one, Quantity.Reckoned other) {
      double apart = one.range().at() - other.range().at();
      return left.kind().told(comparison.operator().startsWith("<") ? 0.0 - apart : apart);
    }

    private String why(Quantity.Reckoned one, Quantity.Reckoned other, boolean isBound) {
      if (isBound) {
        return "that is too short to tell";
      }
      if (Double.isNaN(one.range().at()) && one.range().low() == Double.NEGATIVE_INFINITY) {
        return comparison.left() + " is not a number for these facts";
      }
      if (Double.isNaN(other.range().at()) && other.range().low() == Double.NEGATIVE_INFINITY) {
        return comparison.right() + " is not a number for these facts";
      }
      return "the interval holds both what would pass and what would not";
    }

    @Override
    public List<Comparison> comparisons() {
      return List.of(comparison);
    }

    @Override
    public Set<Figure> figures() {
      return both(left.figures(), right.figures());
    }

    @Override
    public String text() {
      return comparison.left() + " " + comparison.operator() + " " + comparison.right();
    }
  }

  /** {@code true} or {@code false}. */
  record Constant(boolean holds) implements Condition {

    @Override
    public Evaluation evaluate(Known known) {
      return Evaluation.decided(holds, Optional.empty());
    }

    @Override
    public List<Comparison> comparisons() {
      return List.of();
    }

    @Override
    public Set<Figure> figures() {
      return Set.of();
    }

    @Override
    public String text() {
      return String.valueOf(holds);
    }
  }
}
