package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a tensor's data must be. Numbers of floating-point outputs may differ by {@value
 * #RELATIVE_TOLERANCE} of the larger magnitude; whole numbers, booleans and labels must be equal;
 * NaN equals nothing. Data may be flat or nested, the order of the elements is what counts.
 */
final class Expectation {

  static final double RELATIVE_TOLERANCE = 1e-6;

  private final String output;
  private final List<JsonNode> elements;

  private Expectation(String output, List<JsonNode> elements) {
    this.output = output;
    this.elements = elements;
  }

  static Expectation of(String output, JsonNode data) {
    return new Expectation(output, flat(data));
  }

  /** The elements of nested arrays in order; a lone value is its own element. */
  static List<JsonNode> flat(JsonNode data) {
    List<JsonNode> elements = new ArrayList<>();
    flatten(data, elements);
    return elements;
  }

  private static void flatten(JsonNode data, List<JsonNode> into) {
    if (data.isArray()) {
      data.forEach(element -> flatten(element, into));
    } else {
      into.add(data);
    }
  }

  /** How an output's data differ, in one sentence; empty when they do not. */
  Optional<String> difference(String datatype, List<JsonNode> actual) {
    if (actual.size() != elements.size()) {
      return Optional.of(
          "%s has %d elements, expected %d".formatted(output, actual.size(), elements.size()));
    }
    boolean exact = !datatype.startsWith("FP") && !datatype.startsWith("BF");
    for (int i = 0; i < elements.size(); i++) {
      if (!equal(elements.get(i), actual.get(i), exact)) {
        return Optional.of(
            "%s[%d] is %s, expected %s"
                .formatted(output, i, shown(actual.get(i)), shown(elements.get(i))));
      }
    }
    return Optional.empty();
  }

  private static String shown(JsonNode element) {
    return element.isNumber() ? element.asText() : element.toString();
  }

  private static boolean equal(JsonNode expected, JsonNode actual, boolean exact) {
    if (!expected.isNumber() || !actual.isNumber()) {
      return expected.equals(actual);
    }
    if (expected.isIntegralNumber() && actual.isIntegralNumber()) {
      return exact
          ? expected.bigIntegerValue().equals(actual.bigIntegerValue())
          : near(expected.doubleValue(), actual.doubleValue());
    }
    return exact
        ? expected.doubleValue() == actual.doubleValue()
        : near(expected.doubleValue(), actual.doubleValue());
  }

  private static boolean near(double a, double b) {
    return a == b || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
}
