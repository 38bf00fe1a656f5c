package dev.greenstick.contracts.hypothesis;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's errors in the words of whoever writes hypotheses. */
final class Wording {

  private static final Pattern NO_OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '\\(([^)]*)\\)'.*");
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

  private Wording() {}

  static String ofError(String message) {
    Matcher overload = NO_OVERLOAD.matcher(message.replace('\n', ' '));
    if (overload.matches()) {
      List<String> types = Arrays.stream(overload.group(2).split(", ")).toList();
      return overload.group(1).replace("_", "")
          + " does not apply to "
          + String.join(" and ", types.stream().map(Wording::ofType).toList())
          + (types.stream().map(Wording::ofType).distinct().count() > 1
                  && types.stream().map(Wording::ofType).anyMatch("a duration"::equals)
              ? "; durations are written duration('30s')"
              : "");
    }
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return undeclared.group(1) + " is no function of the hypothesis language";
    }
    return message;
  }

  static String ofType(String type) {
    return switch (type) {
      case "double", "int", "uint" -> "a number";
      case "bool" -> "a condition";
      case "string" -> "a text";
      case "google.protobuf.Duration", "duration" -> "a duration";
      default -> "a " + type;
    };
  }
}
