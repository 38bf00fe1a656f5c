package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One place where two definitions differ.
 *
 * @param path where, as problems have it
 * @param now what is there now; missing when nothing is
 * @param then what would be there; missing when nothing would
 */
record Change(String path, JsonNode now, JsonNode then) {

  /** Every difference, the outermost where something is new or gone as a whole. */
  static List<Change> between(JsonNode now, JsonNode then) {
    List<Change> changes = new ArrayList<>();
    collect("", now, then, changes);
    return changes;
  }

  private static void collect(String path, JsonNode now, JsonNode then, List<Change> changes) {
    if (now.isObject() && then.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      now.fieldNames().forEachRemaining(names::add);
      then.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        collect(
            path.isEmpty() ? name : path + "." + name, now.path(name), then.path(name), changes);
      }
    } else if (now.isArray() && then.isArray()) {
      for (int i = 0; i < Math.max(now.size(), then.size()); i++) {
        collect(path + "[" + i + "]", now.path(i), then.path(i), changes);
      }
    } else if (!now.equals(then)) {
      changes.add(new Change(path, now, then));
    }
  }

  /** In one line: what is gone, new, or another. */
  String line() {
    if (now.isMissingNode()) {
      return "+ " + path + ": " + then;
    }
    return then.isMissingNode()
        ? "- " + path + ": " + now
        : "~ " + path + ": " + now + " -> " + then;
  }

  ObjectNode json() {
    ObjectNode json = Json.mapper().createObjectNode().put("path", path);
    if (!(now instanceof MissingNode)) {
      json.set("now", now);
    }
    if (!(then instanceof MissingNode)) {
      json.set("then", then);
    }
    return json;
  }
}
