package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Evaluation;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.contracts.verdict.Judgement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
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

  static String explanation(Evaluation evaluation, List<Estimate> estimates) {
    if (!evaluation.missing().isEmpty()) {
      return missing(evaluation.missing());
    }
    if (evaluation.figures().isEmpty()) {
      return evaluation
          .trouble()
          .orElse(
              switch (evaluation.outcome()) {
                case HELD -> "it holds";
                case FAILED -> "it does not hold";
                case UNDECIDED -> "it cannot be told";
              });
    }
    Evaluation.Figures figures = evaluation.figures().get();
    String intervals =
        estimates.stream()
            .filter(estimate -> isIn(figures, estimate))
            .map(Wording::interval)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return sentence(evaluation, figures)
        + (intervals.isEmpty() ? "" : " (" + intervals + ")")
        + evaluation.trouble().map(trouble -> ": " + trouble).orElse("");
  }

  private static String sentence(Evaluation evaluation, Evaluation.Figures figures) {
    if (figures.isBound() || evaluation.outcome() != Judgement.Outcome.UNDECIDED) {
      return decided(figures);
    }
    String unit = figures.comparison().unit();
    return "%s was %s, to compare with %s"
        .formatted(
            figures.comparison().left(),
            figure(figures.left(), unit),
            figure(figures.right(), unit));
  }

  private static boolean isIn(Evaluation.Figures figures, Estimate estimate) {
    return figures.comparison().left().contains(estimate.figure())
        || figures.comparison().right().contains(estimate.figure());
  }

  /** In brackets behind a figure: its interval and what it rests on. */
  private static String interval(Estimate estimate) {
    StringBuilder text = new StringBuilder();
    boolean isInterval = estimate.confidence() != null;
    if (isInterval) {
      text.append(figure(estimate.confidence() * 100, "%"))
          .append(" sure ")
          .append(bounds(estimate))
          .append(", ");
    } else if (estimate.low() != null || estimate.high() != null) {
      text.append(bounds(estimate)).append(", ");
    }
    if (estimate.pValue() != null) {
      text.append("p = ").append(figure(estimate.pValue(), "")).append(", ");
    }
    text.append(estimate.method());
    if (estimate.samples() > 0) {
      text.append(", samples ").append(estimate.samples());
      if (estimate.comparedSamples() != null) {
        text.append(" and ").append(estimate.comparedSamples());
      }
    }
    return text.toString();
  }

  private static String bounds(Estimate estimate) {
    if (estimate.low() == null && estimate.high() == null) {
      return "of nothing: too few samples";
    }
    if (estimate.low() == null) {
      return "of at most " + figure(estimate.high(), estimate.unit());
    }
    return estimate.high() == null
        ? "of at least " + figure(estimate.low(), estimate.unit())
        : "between %s and %s"
            .formatted(
                figure(estimate.low(), estimate.unit()), figure(estimate.high(), estimate.unit()));
  }

  private static String missing(Map<String, String> missing) {
    return missing.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
        .entrySet()
        .stream()
        .map(
            entry ->
                "%s %s not known: %s"
                    .formatted(
                        String.join(" and ", entry.getValue()),
                        entry.getValue().size() > 1 ? "are" : "is",
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
