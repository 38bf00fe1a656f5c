package dev.greenstick.sandbox.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Server-side apply: what a manager applied before and leaves out now is removed, what another
 * manager applied is not changed without force. Ownership is kept in {@code managedFields} as a
 * real API server keeps it; fields written otherwise belong to nobody here and may be taken.
 */
public final class Apply {

  /** Fields that name the object and that nobody owns. */
  private static final Set<String> IDENTITY =
      Set.of(".apiVersion", ".kind", ".metadata.name", ".metadata.namespace", ".metadata.uid");

  private Apply() {}

  /**
   * What an apply comes to.
   *
   * @param object the object after the apply
   * @param conflicts fields that other managers applied with other values, each with its manager;
   *     when there are any and there is no force, the object must not be kept
   */
  public record Result(ObjectNode object, List<Conflict> conflicts) {}

  /** A field that another manager applied. */
  public record Conflict(String manager, String field) {}

  /**
   * Applies.
   *
   * @param current the object as it is, which is not modified
   * @param applied what the manager wants, in full
   * @param time RFC 3339, for {@code managedFields}
   */
  public static Result apply(
      ObjectNode current, ObjectNode applied, String manager, boolean force, String time) {
    ObjectNode wanted = applied.deepCopy();
    wanted.withObjectProperty("metadata").remove(List.of("managedFields", "resourceVersion"));
    Set<String> fields = leaves(wanted);
    ObjectNode after = StrategicMerge.merge(current, wanted);
    Set<String> dropped = owned(current, manager);
    dropped.removeAll(fields);
    List<Conflict> conflicts = new ArrayList<>();
    Set<String> elsewhere = new TreeSet<>();
    for (JsonNode entry : current.path("metadata").path("managedFields")) {
      String other = entry.path("manager").asText();
      if (other.equals(manager)) {
        continue;
      }
      Set<String> theirs = owned(current, other);
      elsewhere.addAll(theirs);
      for (String field : theirs) {
        if (fields.contains(field) && !at(current, field).equals(at(after, field))) {
          conflicts.add(new Conflict(other, field));
        }
      }
    }
    dropped.removeAll(elsewhere);
    dropped.forEach(field -> removeAt(after, field));
    if (force) {
      conflicts.forEach(conflict -> disown(after, conflict));
    }
    own(after, applied, manager, fields, time);
    return new Result(after, force ? List.of() : conflicts);
  }

  private static void own(
      ObjectNode object, ObjectNode applied, String manager, Set<String> fields, String time) {
    ArrayNode entries = object.withObjectProperty("metadata").withArrayProperty("managedFields");
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).path("manager").asText().equals(manager)) {
        entries.remove(i);
      }
    }
    ObjectNode entry =
        entries
            .addObject()
            .put("manager", manager)
            .put("operation", "Apply")
            .put("apiVersion", applied.path("apiVersion").asText())
            .put("time", time)
            .put("fieldsType", "FieldsV1");
    ObjectNode tree = entry.putObject("fieldsV1");
    for (String field : fields) {
      ObjectNode node = tree;
      for (String step : steps(field)) {
        node = node.withObjectProperty(step.startsWith("[") ? "k:" + keyJson(step) : "f:" + step);
      }
    }
  }

  private static void disown(ObjectNode object, Conflict conflict) {
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      if (entry.path("manager").asText().equals(conflict.manager())) {
        JsonNode node = entry.path("fieldsV1");
        List<String> steps = steps(conflict.field());
        for (String step : steps.subList(0, steps.size() - 1)) {
          node = node.path(step.startsWith("[") ? "k:" + keyJson(step) : "f:" + step);
        }
        if (node instanceof ObjectNode parent) {
          parent.remove("f:" + steps.getLast());
        }
      }
    }
  }

  private static Set<String> owned(ObjectNode object, String manager) {
    Set<String> fields = new TreeSet<>();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      if (entry.path("manager").asText().equals(manager)) {
        collect("", entry.path("fieldsV1"), fields);
      }
    }
    return fields;
  }

  private static void collect(String path, JsonNode tree, Set<String> fields) {
    if (tree.isEmpty()) {
      if (!path.isEmpty()) {
        fields.add(path);
      }
      return;
    }
    tree.fields()
        .forEachRemaining(
            entry -> {
              String step = entry.getKey();
              collect(
                  path
                      + (step.startsWith("k:")
                          ? "[" + keyText(step) + "]"
                          : "." + escape(step.substring(2))),
                  entry.getValue(),
                  fields);
            });
  }

  /** Paths of every value: {@code .spec.containers[name=a].image}. */
  private static Set<String> leaves(ObjectNode object) {
    Set<String> fields = new TreeSet<>();
    leaves("", "", object, fields);
    fields.removeAll(IDENTITY);
    return fields;
  }

  private static void leaves(String path, String parent, JsonNode node, Set<String> fields) {
    node.fields()
        .forEachRemaining(
            entry -> {
              String at = path + "." + escape(entry.getKey());
              Optional<String> key = ListKeys.of(parent, entry.getKey());
              if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
                leaves(at, entry.getKey(), entry.getValue(), fields);
              } else if (entry.getValue().isArray() && key.isPresent()) {
                for (JsonNode element : entry.getValue()) {
                  leaves(
                      "%s[%s=%s]"
                          .formatted(at, key.get(), escape(element.path(key.get()).asText())),
                      entry.getKey(),
                      element,
                      fields);
                }
              } else {
                fields.add(at);
              }
            });
  }

  private static JsonNode at(JsonNode object, String field) {
    JsonNode node = object;
    for (String step : steps(field)) {
      node = step.startsWith("[") ? element(node, step) : node.path(step);
    }
    return node;
  }

  private static void removeAt(ObjectNode object, String field) {
    List<String> steps = steps(field);
    JsonNode node = object;
    for (String step : steps.subList(0, steps.size() - 1)) {
      node = step.startsWith("[") ? element(node, step) : node.path(step);
    }
    if (node instanceof ObjectNode parent) {
      parent.remove(steps.getLast());
    }
    // An element of which only its key is left goes with its last field.
    if (steps.size() >= 2 && steps.get(steps.size() - 2).startsWith("[") && node.size() <= 1) {
      JsonNode list = object;
      for (String step : steps.subList(0, steps.size() - 2)) {
        list = step.startsWith("[") ? element(list, step) : list.path(step);
      }
      for (Iterator<JsonNode> it = list.elements(); it.hasNext(); ) {
        if (it.next().equals(node)) {
          it.remove();
        }
      }
    }
  }

  private static JsonNode element(JsonNode list, String step) {
    String key = step.substring(1, step.indexOf('='));
    String value = step.substring(step.indexOf('=') + 1, step.length() - 1);
    for (JsonNode element : list) {
      if (element.path(key).asText().equals(value)) {
        return element;
      }
    }
    return list.path("\0missing");
  }

  private static List<String> steps(String field) {
    List<String> steps = new ArrayList<>();
    StringBuilder step = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\') {
        step.append(field.charAt(++i));
      } else if (c == '.' || c == '[') {
        if (!step.isEmpty()) {
          steps.add(step.toString());
        }
        step = new StringBuilder(c == '[' ? "[" : "");
      } else {
        step.append(c);
      }
    }
    steps.add(step.toString());
    return steps;
  }

  private static String escape(String step) {
    return step.replaceAll("([.\\[\\\\])", "\\\\$1");
  }

  private static String keyJson(String step) {
    int equals = step.indexOf('=');
    return "{\"%s\":\"%s\"}"
        .formatted(step.substring(1, equals), step.substring(equals + 1, step.length() - 1));
  }

  private static String keyText(String step) {
    String[] parts = step.substring(4, step.length() - 2).split("\":\"", 2);
    return parts[0] + "=" + escape(parts[1]);
  }
}
