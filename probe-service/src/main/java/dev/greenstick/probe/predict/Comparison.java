package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.experiment.TextPattern;
import dev.greenstick.contracts.experiment.Tolerance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds predictions against what is right, as {@link Tolerance} words it. Where both are objects,
 * only the outputs that something is expected of are compared; within an output, shape and types
 * must be the same. A text {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"} that is
 * expected stands for that number, which JSON does not have. For one thread at a time.
 */
final class Comparison {

  private static final String OTHERS = "*";
  private static final int LONGEST_SHOWN = 60;

  private final Map<String, Tolerance> tolerances;
  private final Map<String, TextPattern> patterns = new HashMap<>();

  /**
   * @param tolerances by output, as {@link dev.greenstick.contracts.experiment.Probe#compare()}
   */
  Comparison(Map<String, Tolerance> tolerances) {
    this.tolerances = Map.copyOf(tolerances);
  }

  /** What a request says is right: its texts may be parts or patterns. */
  Optional<String> difference(JsonNode expected, JsonNode actual) {
    return difference(expected, actual, true);
  }

  /** What was answered before: its texts are texts. */
  Optional<String> change(JsonNode before, JsonNode actual) {
    return difference(before, actual, false);
  }

  private Optional<String> difference(JsonNode expected, JsonNode actual, boolean given) {
    if (!expected.isObject() || !actual.isObject()) {
      return difference("prediction", expected, actual, new Rule(tolerance(""), given));
    }
    for (Map.Entry<String, JsonNode> output : expected.properties()) {
      String name = output.getKey();
      if (!actual.has(name)) {
        return Optional.of("output " + name + " is missing among " + names(actual));
      }
      Rule rule = new Rule(tolerance(name), given);
      Optional<String> found = difference(name, output.getValue(), actual.get(name), rule);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The whole numbers of outputs that are labels by their tolerance, as text. */
  List<String> numericLabels(JsonNode prediction) {
    List<String> labels = new ArrayList<>();
    if (tolerances.values().stream().noneMatch(each -> Boolean.TRUE.equals(each.label()))) {
      return labels;
    }
    if (prediction.isObject()) {
      for (Map.Entry<String, JsonNode> output : prediction.properties()) {
        collect(output.getValue(), tolerance(output.getKey()), labels);
      }
    } else {
      collect(prediction, tolerance(""), labels);
    }
    return labels;
  }

  private static void collect(JsonNode node, Tolerance tolerance, List<String> into) {
    if (!Boolean.TRUE.equals(tolerance.label())) {
      return;
    }
    boolean whole = node.isIntegralNumber() || (node.isNumber() && isWhole(node.doubleValue()));
    if (whole) {
      into.add(node.bigIntegerValue().toString());
    }
    node.forEach(child -> collect(child, tolerance, into));
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53;
  }

  private Tolerance tolerance(String output) {
    Tolerance own = tolerances.get(output);
    return own != null ? own : tolerances.getOrDefault(OTHERS, Tolerance.DEFAULT);
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private record Rule(Tolerance tolerance, boolean given) {

    boolean isExact() {
      return tolerance.absolute() == null && tolerance.relative() == null;
    }

    boolean near(double a, double b) {
      double absolute = tolerance.absolute() == null ? 0 : tolerance.absolute();
      double relative =
          tolerance.relative() != null
              ? tolerance.relative()
              : tolerance.absolute() != null ? 0 : Tolerance.DEFAULT_RELATIVE;
      double difference = Math.abs(a - b);
      return a == b
          || (Double.isFinite(a)
              && Double.isFinite(b)
              && (difference <= absolute
                  || difference <= relative * Math.max(Math.abs(a), Math.abs(b))));
    }

    boolean isNanRight() {
      return tolerance.nan() == Tolerance.Nan.EQUAL;
    }

    Tolerance.Text text() {
      return !given || tolerance.text() == null ? Tolerance.Text.EQUAL : tolerance.text();
    }
  }

  private Optional<String> difference(String path, JsonNode expected, JsonNode actual, Rule rule) {
    if (expected.isArray() && actual.isArray()) {
      return ofArrays(path, expected, actual, rule);
    }
    if (expected.isObject() && actual.isObject()) {
      return ofObjects(path, expected, actual, rule);
    }
    return equal(expected, actual, rule)
        ? Optional.empty()
        : Optional.of(path + " is " + shown(actual) + ", expected " + wanted(expected, rule));
  }

  private Optional<String> ofArrays(String path, JsonNode expected, JsonNode actual, Rule rule) {
    if (expected.size() != actual.size()) {
      return Optional.of(
          "%s has %d elements, expected %d".formatted(path, actual.size(), expected.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      JsonNode one = expected.get(i);
      JsonNode other = actual.get(i);
      // The path is only made where there is something to say: tensors are long.
      boolean leaves = one.isValueNode() && other.isValueNode();
      if (!leaves || !equal(one, other, rule)) {
        Optional<String> inside = difference(path + "[" + i + "]", one, other, rule);
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofObjects(String path, JsonNode expected, JsonNode actual, Rule rule) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = path + "." + field.getKey();
      if (!actual.has(field.getKey())) {
        return Optional.of(name + " is missing");
      }
      Optional<String> inside =
          difference(name, field.getValue(), actual.get(field.getKey()), rule);
      if (inside.isPresent()) {
        return inside;
      }
    }
    return actual.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !expected.has(name))
        .findFirst()
        .map(name -> path + "." + name + " is not expected");
  }

  private boolean equal(JsonNode expected, JsonNode actual, Rule rule) {
    if (expected.isTextual() && actual.isTextual()) {
      return matches(expected.textValue(), actual.textValue(), rule.text());
    }
    if (expected.isTextual() && actual.isNumber()) {
      return isNumber(expected.textValue(), actual.doubleValue(), rule);
    }
    if (!expected.isNumber() || !actual.isNumber()) {
      return expected.equals(actual);
    }
    if (rule.isExact() && expected.isIntegralNumber() && actual.isIntegralNumber()) {
      return expected.bigIntegerValue().equals(actual.bigIntegerValue());
    }
    double a = expected.doubleValue();
    double b = actual.doubleValue();
    return Double.isNaN(a) ? Double.isNaN(b) && rule.isNanRight() : rule.near(a, b);
  }

  private static boolean isNumber(String name, double actual, Rule rule) {
    return switch (name) {
      case "NaN" -> Double.isNaN(actual) && rule.isNanRight();
      case "Infinity" -> actual == Double.POSITIVE_INFINITY;
      case "-Infinity" -> actual == Double.NEGATIVE_INFINITY;
      default -> false;
    };
  }

  private boolean matches(String expected, String actual, Tolerance.Text how) {
    return switch (how) {
      case EQUAL -> actual.equals(expected);
      case CONTAINS -> actual.contains(expected);
      case PATTERN -> patterns.computeIfAbsent(expected, TextPattern::of).isIn(actual);
    };
  }

  private static String wanted(JsonNode expected, Rule rule) {
    String shown = shown(expected);
    if (!expected.isTextual()) {
      return shown;
    }
    return switch (rule.text()) {
      case EQUAL -> shown;
      case CONTAINS -> "something with " + shown;
      case PATTERN -> "something like " + shown;
    };
  }

  private static String shown(JsonNode node) {
    if (node.isContainerNode()) {
      return node.isArray() ? "a list of " + node.size() : "an object";
    }
    if (!node.isTextual()) {
      return node.asText();
    }
    String text = node.textValue();
    return '"'
        + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…")
        + '"';
  }
}
