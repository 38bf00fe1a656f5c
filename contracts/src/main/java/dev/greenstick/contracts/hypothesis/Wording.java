package dev.greenstick.contracts.hypothesis;

/** Errors in the words of whoever writes hypotheses. */
final class Wording {

  private Wording() {}

  static String ofSyntax(String message) {
    if (message.contains("<EOF>")) {
      return message.contains("mismatched input '<EOF>'") || message.contains("at '<EOF>'")
          ? "ends before it is complete"
          : "is no expression: " + brief(message);
    }
    return brief(message);
  }

  private static String brief(String message) {
    String line = message.lines().findFirst().orElse("is no expression");
    int expecting = line.indexOf(" expecting {");
    return expecting < 0 ? line : line.substring(0, expecting);
  }

  static String mismatch(String sign, Term left, Term right) {
    return sign
        + " does not apply to "
        + of(left)
        + " and "
        + of(right)
        + (isDuration(left) != isDuration(right)
            ? "; durations are written 30s or duration('30s')"
            : "");
  }

  private static boolean isDuration(Term term) {
    return term instanceof Term.OfQuantity quantity
        && quantity.quantity().kind() == Quantity.Kind.DURATION;
  }

  private static String of(Term term) {
    return term instanceof Term.OfQuantity quantity
        ? kind(quantity.quantity().kind())
        : "a condition";
  }

  static String kind(Quantity.Kind kind) {
    return switch (kind) {
      case NUMBER -> "a number";
      case MILLIS -> "a latency";
      case DURATION -> "a duration";
    };
  }
}
