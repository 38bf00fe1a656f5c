package dev.greenstick.contracts.hypothesis;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** An assertion that is known to make sense. Immutable; safe for many threads. */
public final class CompiledAssertion {

  private final String text;
  private final Set<Fact> facts;
  private final Condition condition;

  CompiledAssertion(String text, Set<Fact> facts, Condition condition) {
    this.text = Objects.requireNonNull(text, "text");
    this.facts = Set.copyOf(facts);
    this.condition = Objects.requireNonNull(condition, "condition");
  }

  /** The assertion as it was written. */
  public String text() {
    return text;
  }

  /** The facts that it names. */
  public Set<Fact> facts() {
    return facts;
  }

  /** The phases that its facts are about. */
  public Set<Phase> phases() {
    return facts.stream().map(Fact::phase).collect(Collectors.toUnmodifiableSet());
  }

  /** The comparisons that and, or and not join at its top, from left to right. */
  public List<Comparison> comparisons() {
    return condition.comparisons();
  }

  /**
   * What becomes of it for these facts; three-valued: {@code a || b} holds when a holds, whether b
   * is missing or not.
   */
  public Evaluation evaluate(FactValues values) {
    return condition.evaluate(values);
  }

  /** The figures of the facts that it names, missing ones left out. */
  public Map<String, Double> known(FactValues values) {
    return values.knownAmong(facts);
  }
}
