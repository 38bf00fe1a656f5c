package dev.greenstick.contracts.hypothesis;

import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of an assertion for the facts of one run.
 *
 * @param outcome held, failed or undecided
 * @param figures of the comparison that decided; empty when undecided by a missing fact, or when
 *     there is no comparison
 * @param missing the figures that would have been needed, and why they are missing; empty unless
 *     undecided
 * @param trouble why it is undecided although no fact is missing, in one sentence
 */
public record Evaluation(
    Outcome outcome,
    Optional<Figures> figures,
    SortedMap<String, String> missing,
    Optional<String> trouble) {

  public Evaluation {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(figures, "figures");
    missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
    Objects.requireNonNull(trouble, "trouble");
  }

  /**
   * The two sides of the deciding comparison.
   *
   * @param comparison the comparison
   * @param left the figure on the left, in the comparison's unit
   * @param right the figure on the right, likewise
   * @param margin by how much the assertion held, negative by how much it failed; not a number when
   *     it is undecided
   * @param isBound whether a figure is only a lower bound, and the true one is greater
   */
  public record Figures(
      Comparison comparison, double left, double right, double margin, boolean isBound) {

    public Figures {
      Objects.requireNonNull(comparison, "comparison");
    }

    Figures negated() {
      return new Figures(comparison, left, right, -margin, isBound);
    }
  }

  static Evaluation decided(boolean holds, Optional<Figures> figures) {
    return new Evaluation(
        holds ? Outcome.HELD : Outcome.FAILED, figures, new TreeMap<>(), Optional.empty());
  }

  static Evaluation lacking(SortedMap<String, String> missing) {
    return new Evaluation(Outcome.UNDECIDED, Optional.empty(), missing, Optional.empty());
  }

  static Evaluation undecided(Optional<Figures> figures, String trouble) {
    return new Evaluation(Outcome.UNDECIDED, figures, new TreeMap<>(), Optional.of(trouble));
  }

  Evaluation negated() {
    return switch (outcome) {
      case HELD -> new Evaluation(Outcome.FAILED, figures.map(Figures::negated), missing, trouble);
      case FAILED -> new Evaluation(Outcome.HELD, figures.map(Figures::negated), missing, trouble);
      case UNDECIDED -> this;
    };
  }

  /**
   * Both must hold when {@code decisive} is FAILED, one of them when it is HELD: the first that has
   * the decisive outcome decides, then anything undecided leaves it open.
   */
  static Evaluation combined(Evaluation first, Evaluation second, Outcome decisive) {
    if (first.outcome == decisive) {
      return first;
    }
    if (second.outcome == decisive) {
      return second;
    }
    if (first.outcome != Outcome.UNDECIDED && second.outcome != Outcome.UNDECIDED) {
      return first;
    }
    return open(first, second);
  }

  /** It cannot be told, for want of what both of them want. */
  static Evaluation open(Evaluation first, Evaluation second) {
    SortedMap<String, String> missing = new TreeMap<>(first.missing);
    missing.putAll(second.missing);
    return new Evaluation(
        Outcome.UNDECIDED,
        first.outcome == Outcome.UNDECIDED ? first.figures : second.figures,
        missing,
        first.trouble.or(second::trouble));
  }
}
