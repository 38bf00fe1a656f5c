package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Evaluation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judgements in one sentence. */
final class Wording {

  /** As many digits as tell figures apart that matter. */
  private static final MathContext DIGITS = new MathContext(6);

  private Wording() {}

  static String decided(Evaluation.Figures figures) {
    String operator = figures.comparison().operator();
    String unit = figures.comparison().unit();
    String right = figure(figures.right(), unit);
    if (figures.isBound()) {
      return "%s was not over within the %s that were watched, to compare with %s"
          .formatted(figures.comparison().left(), figure(figures.left(), unit), right);
    }
    boolean holds = holds(figures.left(), operator, figures.right());
    return "%s was %s, %s %s"
        .formatted(
            figures.comparison().left(),
            figure(figures.left(), unit),
            holds ? relation(operator) : opposite(operator),
            right);
  }

  static String figure(double value, String unit) {
    String number =
        Double.isFinite(value)
            ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
            : String.valueOf(value);
    return unit.isEmpty() ? number : number + " " + unit;
  }

  static String missing(Collection<String> facts, Facts known) {
    return facts.stream()
        .collect(Collectors.groupingBy(known::reason, TreeMap::new, Collectors.joining(" and ")))
        .entrySet()
        .stream()
        .map(
            entry ->
                "%s %s not known: %s"
                    .formatted(
                        entry.getValue(),
                        entry.getValue().contains(" and ") ? "are" : "is",
                        entry.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static boolean holds(double left, String operator, double right) {
    return switch (operator) {
      case ">=" -> left >= right;
      case ">" -> left > right;
      case "<=" -> left <= right;
      case "<" -> left < right;
      case "==" -> left == right;
      default -> left != right;
    };
  }

  private static String relation(String operator) {
    return switch (operator) {
      case ">=" -> "at least";
      case ">" -> "above";
      case "<=" -> "at most";
      case "<" -> "below";
      case "==" -> "exactly";
      default -> "other than";
    };
  }

  private static String opposite(String operator) {
    return switch (operator) {
      case ">=" -> "below";
      case ">" -> "not above";
      case "<=" -> "above";
      case "<" -> "not below";
      case "==" -> "not";
      default -> "exactly";
    };
  }
}
