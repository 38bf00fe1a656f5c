package dev.greenstick.sandbox.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Strategic merge patch, with its directives ({@code $patch}, {@code $deleteFromPrimitiveList}).
 */
final class StrategicMerge {

  private static final String DIRECTIVE = "$patch";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  static ObjectNode merge(ObjectNode current, ObjectNode patch) {
    return object("", current, patch);
  }

  private static ObjectNode object(String name, ObjectNode current, ObjectNode patch) {
    if (patch.path(DIRECTIVE).asText().equals("replace")) {
      ObjectNode replaced = patch.deepCopy();
      replaced.remove(DIRECTIVE);
      return replaced;
    }
    if (patch.path(DIRECTIVE).asText().equals("delete")) {
      return patch.objectNode();
    }
    ObjectNode merged = current.deepCopy();
    for (Iterator<Map.Entry<String, JsonNode>> it = patch.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      String field = entry.getKey();
      JsonNode wanted = entry.getValue();
      if (field.startsWith(DELETE_FROM)) {
        String target = field.substring(DELETE_FROM.length());
        if (merged.get(target) instanceof ArrayNode list) {
          wanted.forEach(value -> remove(list, value));
        }
      } else if (field.startsWith("$retainKeys")) {
        retain(merged, wanted);
      } else if (!field.startsWith("$")) {
        value(name, field, merged, wanted);
      }
    }
    return merged;
  }

  private static void value(String parent, String field, ObjectNode merged, JsonNode wanted) {
    JsonNode current = merged.get(field);
    if (wanted.isNull()) {
      merged.remove(field);
    } else if (wanted instanceof ObjectNode object) {
      ObjectNode base = current instanceof ObjectNode existing ? existing : object.objectNode();
      if (object.path(DIRECTIVE).asText().equals("delete")) {
        merged.remove(field);
      } else {
        merged.set(field, object(field, base, object));
      }
    } else if (wanted instanceof ArrayNode list) {
      Optional<String> key = ListKeys.of(parent, field);
      ArrayNode base = current instanceof ArrayNode existing ? existing : list.arrayNode();
      if (key.isPresent()) {
        merged.set(field, keyed(field, key.get(), base, list));
      } else if (ListKeys.isSet(field)) {
        merged.set(field, set(base, list));
      } else {
        merged.set(field, list);
      }
    } else {
      merged.set(field, wanted);
    }
  }

  private static ArrayNode keyed(String field, String key, ArrayNode current, ArrayNode patch) {
    boolean replace = false;
    for (JsonNode element : patch) {
      replace |= element.path(DIRECTIVE).asText().equals("replace") && element.size() == 1;
    }
    ArrayNode merged = replace ? patch.arrayNode() : current.deepCopy();
    for (JsonNode element : patch) {
      if (!(element instanceof ObjectNode wanted)
          || (wanted.path(DIRECTIVE).asText().equals("replace") && wanted.size() == 1)) {
        continue;
      }
      if (!wanted.has(key)) {
        throw new IllegalArgumentException(
            "map: %s does not contain declared merge key: %s".formatted(wanted, key));
      }
      int at = indexOf(merged, key, wanted.get(key));
      boolean delete = wanted.path(DIRECTIVE).asText().equals("delete");
      if (delete && at >= 0) {
        merged.remove(at);
      } else if (!delete && at >= 0) {
        merged.set(at, object(field, (ObjectNode) merged.get(at), wanted));
      } else if (!delete) {
        merged.add(object(field, wanted.objectNode(), wanted));
      }
    }
    return merged;
  }

  static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static ArrayNode set(ArrayNode current, ArrayNode patch) {
    ArrayNode merged = current.deepCopy();
    for (JsonNode value : patch) {
      boolean known = false;
      for (JsonNode existing : merged) {
        known |= existing.equals(value);
      }
      if (!known) {
        merged.add(value);
      }
    }
    return merged;
  }

  private static void remove(ArrayNode list, JsonNode value) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).equals(value)) {
        list.remove(i);
      }
    }
  }

  private static void retain(ObjectNode merged, JsonNode keys) {
    for (Iterator<String> fields = merged.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      boolean kept = false;
      for (JsonNode key : keys) {
        kept |= key.asText().equals(field);
      }
      if (!kept) {
        fields.remove();
      }
    }
  }
}
