package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * Compares JSON documents whose numbers carry no type of their own: the same shape, numbers within
 * {@link Expectation#RELATIVE_TOLERANCE} of the larger magnitude unless both are whole, everything
 * else equal. NaN equals nothing; an infinity equals itself.
 */
final class Structure {

  private Structure() {}

  /** The first place where documents differ, in one sentence; empty when they do not. */
  static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
    if (expected.isArray() && actual.isArray()) {
      return ofArrays(path, expected, actual);
    }
    if (expected.isObject() && actual.isObject()) {
      return ofObjects(path, expected, actual);
    }
    return equal(expected, actual)
        ? Optional.empty()
        : Optional.of(path + " is " + shown(actual) + ", expected " + shown(expected));
  }

  private static Optional<String> ofArrays(String path, JsonNode expected, JsonNode actual) {
    if (expected.size() != actual.size()) {
      return Optional.of(
          "%s has %d elements, expected %d".formatted(path, actual.size(), expected.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      Optional<String> inside = difference(path + "[" + i + "]", expected.get(i), actual.get(i));
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofObjects(String path, JsonNode expected, JsonNode actual) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = path + "." + field.getKey();
      if (!actual.has(field.getKey())) {
        return Optional.of(name + " is missing");
      }
      Optional<String> inside = difference(name, field.getValue(), actual.get(field.getKey()));
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

  private static boolean equal(JsonNode expected, JsonNode actual) {
    if (!expected.isNumber() || !actual.isNumber()) {
      return expected.equals(actual);
    }
    if (expected.isIntegralNumber() && actual.isIntegralNumber()) {
      return expected.bigIntegerValue().equals(actual.bigIntegerValue());
    }
    double a = expected.doubleValue();
    double b = actual.doubleValue();
    return a == b
        || (Double.isFinite(a)
            && Double.isFinite(b)
            && Math.abs(a - b)
                <= Expectation.RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b)));
  }

  private static String shown(JsonNode node) {
    return node.isNumber() ? node.asText() : node.toString();
  }
}
