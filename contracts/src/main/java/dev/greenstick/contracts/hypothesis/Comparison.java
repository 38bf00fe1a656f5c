package dev.greenstick.contracts.hypothesis;

import java.util.Objects;
import java.util.Set;

/**
 * A comparison that an assertion is made of.
 *
 * @param left what stands on the left, as CEL
 * @param operator one of {@code <= < >= > == !=}
 * @param right what stands on the right, as CEL
 * @param unit the symbol of the unit of both; empty for plain numbers
 * @param facts the facts that it names
 */
public record Comparison(String left, String operator, String right, String unit, Set<Fact> facts) {

  public Comparison {
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(right, "right");
    Objects.requireNonNull(unit, "unit");
    facts = Set.copyOf(facts);
  }

  /** By how much it holds, negative by how much it does not, for these figures. */
  double margin(double leftFigure, double rightFigure) {
    return switch (operator) {
      case ">=", ">" -> leftFigure - rightFigure;
      case "<=", "<" -> rightFigure - leftFigure;
      case "==" -> 0.0 - Math.abs(leftFigure - rightFigure);
      default -> Math.abs(leftFigure - rightFigure);
    };
  }

  /** Whether it orders its sides, so that a lower bound of a figure may decide it. */
  boolean isOrdering() {
    return !operator.equals("==") && !operator.equals("!=");
  }
}
