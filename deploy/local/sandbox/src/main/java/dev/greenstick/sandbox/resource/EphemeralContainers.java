package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.Refusal.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the subresource of a pod's ephemeral containers may change: Kubernetes' {@code
 * ValidatePodEphemeralContainersUpdate}. They are added, and stay as they are; pure.
 */
final class EphemeralContainers {

  private static final String LIST = "spec.ephemeralContainers";
  private static final List<String> NOT_ALLOWED =
      List.of("ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resources");

  private EphemeralContainers() {}

  static List<Problem> problems(ObjectNode before, ObjectNode after) {
    List<Problem> problems = new ArrayList<>();
    Map<String, JsonNode> now = byName(after.at("/spec/ephemeralContainers"));
    byName(before.at("/spec/ephemeralContainers"))
        .forEach(
            (name, spec) -> {
              if (!now.containsKey(name)) {
                problems.add(
                    Problem.forbidden(
                        LIST, "existing ephemeral containers \"" + name + "\" may not be removed"));
              } else if (!now.get(name).equals(spec)) {
                problems.add(
                    Problem.forbidden(
                        LIST, "existing ephemeral containers \"" + name + "\" may not be changed"));
              }
            });
    Set<String> names = new HashSet<>(byName(after.at("/spec/containers")).keySet());
    Set<String> targets = Set.copyOf(names);
    names.addAll(byName(after.at("/spec/initContainers")).keySet());
    JsonNode list = after.at("/spec/ephemeralContainers");
    for (int i = 0; i < list.size(); i++) {
      one(LIST + "[" + i + "]", list.get(i), names, targets, problems);
    }
    return problems;
  }

  private static void one(
      String at, JsonNode spec, Set<String> names, Set<String> targets, List<Problem> problems) {
    String name = spec.path("name").asText();
    if (name.isEmpty()) {
      problems.add(Problem.required(at + ".name", ""));
    } else if (!names.add(name)) {
      problems.add(Problem.duplicate(at + ".name", name));
    }
    if (spec.path("image").asText().isBlank()) {
      problems.add(Problem.required(at + ".image", ""));
    }
    String target = spec.path("targetContainerName").asText();
    if (!target.isEmpty() && !targets.contains(target)) {
      problems.add(
          new Problem(
              "FieldValueNotFound", at + ".targetContainerName", "Not found: \"" + target + "\""));
    }
    NOT_ALLOWED.stream()
        .filter(field -> spec.path(field).size() > 0)
        .forEach(
            field ->
                problems.add(
                    Problem.forbidden(
                        at + "." + field, "cannot be set for an Ephemeral Container")));
  }

  private static Map<String, JsonNode> byName(JsonNode list) {
    Map<String, JsonNode> found = new HashMap<>();
    list.forEach(each -> found.put(each.path("name").asText(), each));
    return found;
  }
}
