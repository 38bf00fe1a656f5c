package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.selector.FieldSelectors;
import dev.greenstick.sandbox.selector.LabelSelectors;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The parameters of a list or watch; the names are Kubernetes'. */
record Query(MultiMap parameters) {

  /**
   * Which objects are meant.
   *
   * @param name only this one, or empty
   * @throws Refusal 400 when a selector cannot be read
   */
  Predicate<ObjectNode> filter(ResourceType type, String name) {
    try {
      Predicate<Map<String, String>> labels = LabelSelectors.parse(text("labelSelector"));
      Predicate<ObjectNode> fields = FieldSelectors.parse(text("fieldSelector"), type.kind());
      return object ->
          (name.isEmpty() || Json.name(object).equals(name))
              && labels.test(Json.labels(object))
              && fields.test(object);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(e.getMessage());
    }
  }

  boolean selects() {
    return !text("labelSelector").isBlank() || !text("fieldSelector").isBlank();
  }

  boolean flag(String name) {
    return List.of("true", "1", "True").contains(text(name));
  }

  /** Whether every value of a parameter is {@code All}: dry run. */
  boolean dryRun() {
    List<String> values = parameters.getAll("dryRun");
    if (!values.isEmpty() && !values.contains("All")) {
      throw Refusal.badRequest("dryRun: Unsupported value: \"" + values.getFirst() + "\"");
    }
    return !values.isEmpty();
  }

  /** All values of a parameter that may be repeated, in order. */
  List<String> all(String name) {
    return parameters.getAll(name);
  }

  String text(String name) {
    String value = parameters.get(name);
    return value == null ? "" : value;
  }

  /** A whole number of at least 0, or 0 when it is not given. */
  long number(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      return 0;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw badNumber(name, value);
    }
    throw badNumber(name, value);
  }

  private static Refusal badNumber(String name, String value) {
    return Refusal.badRequest(
        "%s: Invalid value: \"%s\": must be a whole number of at least 0".formatted(name, value));
  }
}
