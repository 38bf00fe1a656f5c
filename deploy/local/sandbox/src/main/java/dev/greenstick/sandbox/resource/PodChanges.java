package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.Refusal.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What may change in a pod once it exists: Kubernetes' {@code ValidatePodUpdate}, with its message.
 */
final class PodChanges {

  private static final String ALLOWED =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)";

  private PodChanges() {}

  static List<Problem> problems(ObjectNode before, ObjectNode after) {
    List<Problem> problems = new ArrayList<>();
    JsonNode oldSpec = before.path("spec");
    JsonNode newSpec = after.path("spec");
    for (String list : List.of("containers", "initContainers")) {
      if (oldSpec.path(list).size() != newSpec.path(list).size()) {
        problems.add(
            Problem.forbidden("spec." + list, "pod updates may not add or remove containers"));
        return problems;
      }
    }
    if (newSpec.has("activeDeadlineSeconds") || oldSpec.has("activeDeadlineSeconds")) {
      deadline(oldSpec, newSpec, problems);
    }
    List<JsonNode> kept = new ArrayList<>();
    newSpec.path("tolerations").forEach(kept::add);
    for (JsonNode toleration : oldSpec.path("tolerations")) {
      if (!kept.contains(toleration)) {
        problems.add(
            Problem.forbidden(
                "spec.tolerations",
                "existing toleration can not be modified except its tolerationSeconds"));
        break;
      }
    }
    ObjectNode masked = masked(newSpec, oldSpec);
    List<String> differing = new ArrayList<>();
    differences("spec", oldSpec, masked, differing);
    if (!differing.isEmpty()) {
      problems.add(
          Problem.forbidden("spec", ALLOWED + "\nchanged: " + String.join(", ", differing) + "\n"));
    }
    return problems;
  }

  private static void deadline(JsonNode oldSpec, JsonNode newSpec, List<Problem> problems) {
    JsonNode from = oldSpec.path("activeDeadlineSeconds");
    JsonNode to = newSpec.path("activeDeadlineSeconds");
    if (from.isNumber() && !to.isNumber()) {
      problems.add(
          Problem.invalid(
              "spec.activeDeadlineSeconds",
              "null",
              "must not update from a positive integer to nil value"));
    } else if (from.isNumber() && to.asLong() > from.asLong()) {
      problems.add(
          Problem.invalid(
              "spec.activeDeadlineSeconds",
              to.asText(),
              "must be less than or equal to previous value"));
    } else if (to.isNumber() && to.asLong() < 0) {
      problems.add(
          Problem.invalid(
              "spec.activeDeadlineSeconds",
              to.asText(),
              "must be between 0 and 2147483647, inclusive"));
    }
  }

  private static ObjectNode masked(JsonNode newSpec, JsonNode oldSpec) {
    ObjectNode masked = newSpec.deepCopy();
    for (String field : List.of("activeDeadlineSeconds", "tolerations")) {
      if (oldSpec.has(field)) {
        masked.set(field, oldSpec.get(field));
      } else {
        masked.remove(field);
      }
    }
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < masked.path(list).size(); i++) {
        ((ObjectNode) masked.path(list).get(i))
            .set("image", oldSpec.path(list).get(i).path("image"));
      }
    }
    return masked;
  }

  private static void differences(String path, JsonNode a, JsonNode b, List<String> found) {
    if (a.equals(b)) {
      return;
    }
    if (a.isObject() && b.isObject()) {
      a.fieldNames()
          .forEachRemaining(
              field -> differences(path + "." + field, a.get(field), b.path(field), found));
      b.fieldNames()
          .forEachRemaining(
              field -> {
                if (!a.has(field)) {
                  found.add(path + "." + field);
                }
              });
    } else if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        differences("%s[%d]".formatted(path, i), a.get(i), b.get(i), found);
      }
    } else {
      found.add(path);
    }
  }
}
