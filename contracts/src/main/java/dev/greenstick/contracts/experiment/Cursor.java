package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.id.Labels;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A place in a document. Reading from it gives the value, or null after reporting what is wrong
 * there; so a reader goes on and finds every problem at once. Null in a document is as good as
 * absent.
 */
final class Cursor {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private final String path;
  private final JsonNode node;
  private final int index;
  private final Problems problems;

  private Cursor(String path, JsonNode node, int index, Problems problems) {
    this.path = path;
    this.node = node;
    this.index = index;
    this.problems = problems;
  }

  static Cursor root(JsonNode node, Problems problems) {
    return new Cursor("", node, 0, problems);
  }

  boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  JsonNode node() {
    return node;
  }

  /** The position in its list, from 0. */
  int index() {
    return index;
  }

  void problem(String message) {
    problems.add(path, message);
  }

  /** How many problems the whole document has so far: more than before means that one was found. */
  int problems() {
    return problems.count();
  }

  /** Whether this is an object; its fields that are neither known nor hinted at are reported. */
  boolean isObject(Map<String, String> hints, String... known) {
    if (!node.isObject()) {
      problem("must be an object with " + String.join(", ", known) + described());
      return false;
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              String hint = hints.get(name);
              if (hint != null) {
                field(name).problem(hint);
              } else if (!Arrays.asList(known).contains(name)) {
                field(name).problem("is no known field; " + Nearest.hint(name, known));
              }
            });
    return true;
  }

  boolean isObject(String... known) {
    return isObject(Map.of(), known);
  }

  Cursor field(String name) {
    JsonNode child = node.get(name);
    return new Cursor(
        path(path, name), child == null ? MissingNode.getInstance() : child, 0, problems);
  }

  /** The path of a field of the object at {@code path}. */
  static String path(String path, String name) {
    String step = PLAIN.matcher(name).matches() ? name : "['" + Problems.quoted(name) + "']";
    return path.isEmpty() || step.startsWith("[") ? path + step : path + "." + step;
  }

  /** Reports problems whose paths begin here. */
  void problems(List<Problem> below) {
    below.forEach(problem -> problems.add(path + "." + problem.path(), problem.message()));
  }

  /** A field that must be there; {@code hint} says what it is for. */
  Cursor required(String name, String hint) {
    Cursor field = field(name);
    if (!field.isPresent()) {
      field.problem("is missing; " + hint);
    }
    return field;
  }

  String text() {
    if (!isPresent()) {
      return null;
    }
    if (!node.isTextual()) {
      problem("must be text" + (node.isValueNode() ? "; write it in quotes" : "") + described());
      return null;
    }
    if (node.textValue().isBlank()) {
      problem("must not be blank");
      return null;
    }
    return node.textValue();
  }

  /** A DNS-1123 label, as {@code name} makes it. */
  <T> T name(Function<String, T> name) {
    String text = text();
    if (text == null) {
      return null;
    }
    if (!Labels.isLabel(text)) {
      problem("must be lower-case letters, digits and inner hyphens, at most 63" + described());
      return null;
    }
    return name.apply(text);
  }

  Duration duration(Duration atLeast, Duration atMost, Duration otherwise) {
    if (!isPresent()) {
      return otherwise;
    }
    Duration duration;
    try {
      if (!node.isValueNode()) {
        problem("must be a duration like 30s" + described());
        return null;
      }
      duration = GoDuration.parse(node.asText());
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
      return null;
    }
    if (duration.compareTo(atLeast) < 0 || duration.compareTo(atMost) > 0) {
      problem(
          "must be from %s to %s%s"
              .formatted(GoDuration.format(atLeast), GoDuration.format(atMost), described()));
      return null;
    }
    return duration;
  }

  /** One of an enum's constants, by its name on the wire. */
  <E extends Enum<E>> E oneOf(Class<E> type) {
    String text = text();
    if (text == null) {
      return null;
    }
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(Json.mapper().convertValue(constant, String.class), constant);
    }
    if (!constants.containsKey(text)) {
      String[] known = constants.keySet().toArray(String[]::new);
      problem("is not known: " + Problems.quoted(text) + "; " + Nearest.hint(text, known));
      return null;
    }
    return constants.get(text);
  }

  /** The elements of an array, nulls too; none when it is no array. */
  List<Cursor> elements() {
    List<Cursor> elements = new ArrayList<>();
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      elements.add(new Cursor(path + "[" + i + "]", node.get(i), i, problems));
    }
    return elements;
  }

  /** The elements of an array that can be read; empty when absent. */
  <T> List<T> list(Function<Cursor, T> element) {
    List<T> list = new ArrayList<>();
    if (isPresent() && !node.isArray()) {
      problem("must be a list" + described());
      return list;
    }
    for (Cursor at : elements()) {
      if (!at.isPresent()) {
        at.problem("is empty; leave it out or fill it in");
        continue;
      }
      T value = element.apply(at);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  /** The elements of an array that must hold one or more. */
  <T> List<T> someOf(String hint, Function<Cursor, T> element) {
    if (!isPresent()) {
      problem("is missing; " + hint);
    } else if (node.isArray() && node.isEmpty()) {
      problem("must not be empty; " + hint);
    }
    return list(element);
  }

  /** The fields of an object whose names are the user's own; empty when absent. */
  <T> Map<String, T> map(Function<Cursor, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    if (isPresent() && !node.isObject()) {
      problem("must be an object" + described());
      return map;
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              Cursor at = field(name);
              T read = at.isPresent() ? value.apply(at) : null;
              if (read != null) {
                map.put(name, read);
              } else if (!at.isPresent()) {
                at.problem("is empty; leave it out or write \"\"");
              }
            });
    return map;
  }

  /** True or false; null when absent. */
  Boolean truth() {
    if (!isPresent()) {
      return null;
    }
    if (!node.isBoolean()) {
      problem("must be true or false" + described());
      return null;
    }
    return node.booleanValue();
  }

  /** A text that may be empty, as the values of labels may. */
  String value() {
    if (!node.isTextual()) {
      problem("must be text" + (node.isValueNode() ? "; write it in quotes" : "") + described());
      return null;
    }
    return node.textValue();
  }

  /** The end of a sentence: what stands here. */
  String described() {
    String what =
        node.isTextual()
            ? node.textValue()
            : node.isValueNode() ? node.asText() : node.isArray() ? "a list" : "an object";
    return ", but is: " + Problems.quoted(what);
  }
}
