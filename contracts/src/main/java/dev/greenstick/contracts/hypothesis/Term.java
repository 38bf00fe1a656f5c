package dev.greenstick.contracts.hypothesis;

/** A part of an assertion that makes sense: a quantity or a condition. */
sealed interface Term permits Term.OfQuantity, Term.OfCondition {

  /** A number or a time. */
  record OfQuantity(Quantity quantity) implements Term {}

  /** What is true or false. */
  record OfCondition(Condition condition) implements Term {}
}
