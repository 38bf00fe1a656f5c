package dev.greenstick.contracts.hypothesis;

import java.util.List;
import java.util.Objects;

/** An assertion that is known to make sense. Immutable; safe for many threads. */
public final class CompiledAssertion {

  private final String text;
  private final Condition condition;
  private final List<Figure> figures;
  private final List<Fact> facts;

  CompiledAssertion(String text, Condition condition) {
    this.text = Objects.requireNonNull(text, "text");
    this.condition = Objects.requireNonNull(condition, "condition");
    this.figures = List.copyOf(condition.figures());
    this.facts = Figures.factsOf(condition.figures());
  }

  /** The assertion as it was written. */
  public String text() {
    return text;
  }

  /** The figures that it names: facts, and statistics of facts. */
  public List<Figure> figures() {
    return figures;
  }

  /** The facts that it names, also within functions, in the order of the text. */
  public List<Fact> facts() {
    return facts;
  }

  /** The comparisons that it is made of, from left to right. */
  public List<Comparison> comparisons() {
    return condition.comparisons();
  }

  /**
   * What becomes of it by what is known; three-valued: {@code a || b} holds when a holds, whether b
   * is missing or not.
   */
  public Evaluation evaluate(Known known) {
    return condition.evaluate(known);
  }
}
