package dev.greenstick.contracts.hypothesis;

import java.util.Objects;
import java.util.Optional;

/**
 * A comparison that an assertion is made of.
 *
 * @param left what stands on the left
 * @param operator one of {@code <= < >= > == !=}
 * @param right what stands on the right
 * @param unit the symbol of the unit of both; empty for plain numbers
 */
public record Comparison(String left, String operator, String right, String unit) {

  public Comparison {
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(right, "right");
    Objects.requireNonNull(unit, "unit");
  }

  /** Whether it holds for all that both sides may be, for none of it, or that is open. */
  Optional<Boolean> decide(Range one, Range other) {
    if (one.isAnything() || other.isAnything()) {
      return Optional.empty();
    }
    return switch (operator) {
      case "<=" -> decided(one.high() <= other.low(), one.low() > other.high());
      case "<" -> decided(one.high() < other.low(), one.low() >= other.high());
      case ">=" -> decided(one.low() >= other.high(), one.high() < other.low());
      case ">" -> decided(one.low() > other.high(), one.high() <= other.low());
      case "==" -> decided(alike(one, other), apart(one, other));
      default -> decided(apart(one, other), alike(one, other));
    };
  }

  /** From the nearer ends, how far apart both sides are; negative where it does not hold. */
  double margin(Range one, Range other, boolean holds) {
    double apart =
        switch (operator) {
          case "<=", "<" -> holds ? other.low() - one.high() : other.high() - one.low();
          case ">=", ">" -> holds ? one.low() - other.high() : one.high() - other.low();
          default -> {
            double distance =
                Math.max(0, Math.max(one.low() - other.high(), other.low() - one.high()));
            yield holds ? distance : 0.0 - distance;
          }
        };
    return apart;
  }

  private static boolean alike(Range one, Range other) {
    return one.isExact() && other.isExact() && one.low() == other.low();
  }

  private static boolean apart(Range one, Range other) {
    return one.low() > other.high() || one.high() < other.low();
  }

  private static Optional<Boolean> decided(boolean holds, boolean fails) {
    return holds || fails ? Optional.of(holds) : Optional.empty();
  }
}
