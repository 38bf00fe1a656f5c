package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.selector.LabelSelectors;
import dev.greenstick.sandbox.storage.Refusal.Problem;
import dev.greenstick.sandbox.storage.ResourceType;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a real API server checks in an object's fields, as far as Greenstick's users meet it; pure.
 */
final class Validation {

  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
              + "([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?");
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character";

  private Validation() {}

  static List<Problem> problems(ResourceType type, ObjectNode object) {
    List<Problem> problems = new ArrayList<>();
    metadata(type, object, problems);
    switch (type.kind()) {
      case "Pod" -> pod("spec", object.path("spec"), problems);
      case "Deployment", "ReplicaSet" -> workload(object, problems);
      case "Service" -> service(object.path("spec"), problems);
      case "RoleBinding", "ClusterRoleBinding" -> {
        if (object.path("roleRef").path("name").asText("").isEmpty()) {
          problems.add(Problem.required("roleRef.name", ""));
        }
      }
      case "CustomResourceDefinition" -> definition(object, problems);
      default -> {}
    }
    return problems;
  }

  private static void metadata(ResourceType type, ObjectNode object, List<Problem> problems) {
    String name = Json.name(object);
    if (name.isEmpty()) {
      problems.add(Problem.required("metadata.name", "name or generateName is required"));
    } else if (type.group().equals("rbac.authorization.k8s.io")) {
      if (name.contains("/") || name.contains("%") || name.equals(".") || name.equals("..")) {
        problems.add(Problem.invalid("metadata.name", quoted(name), "may not contain '/' or '%'"));
      }
    } else if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
      problems.add(Problem.invalid("metadata.name", quoted(name), SUBDOMAIN_RULE));
    }
    labels("metadata.labels", object.path("metadata").path("labels"), problems);
    object
        .path("metadata")
        .path("annotations")
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!QUALIFIED.matcher(key.toLowerCase(java.util.Locale.ROOT)).matches()) {
                problems.add(
                    Problem.invalid(
                        "metadata.annotations", quoted(key), "name part must be a qualified name"));
              }
            });
  }

  private static void labels(String path, JsonNode labels, List<Problem> problems) {
    labels
        .fields()
        .forEachRemaining(
            entry -> {
              if (!QUALIFIED.matcher(entry.getKey()).matches()) {
                problems.add(
                    Problem.invalid(
                        path, quoted(entry.getKey()), "name part must be a qualified name"));
              }
              String value = entry.getValue().asText();
              if (!LABEL_VALUE.matcher(value).matches()) {
                problems.add(
                    Problem.invalid(
                        path,
                        quoted(value),
                        "a valid label must be an empty string or consist of at most 63"
                            + " alphanumeric characters, '-', '_' or '.', and must start and end"
                            + " with an alphanumeric character"));
              }
            });
  }

  private static void workload(ObjectNode object, List<Problem> problems) {
    JsonNode spec = object.path("spec");
    if (spec.path("replicas").asInt() < 0) {
      problems.add(
          Problem.invalid(
              "spec.replicas",
              spec.path("replicas").asText(),
              "must be greater than or equal to 0"));
    }
    if (!spec.has("selector")) {
      problems.add(Problem.required("spec.selector", ""));
    } else {
      LabelSelector selector = Json.MAPPER.convertValue(spec.get("selector"), LabelSelector.class);
      Map<String, String> labels =
          Json.strings(spec.path("template").path("metadata").path("labels"));
      if (!LabelSelectors.of(selector).test(labels)) {
        problems.add(
            Problem.invalid(
                "spec.template.metadata.labels",
                labels.toString(),
                "`selector` does not match template `labels`"));
      }
    }
    pod("spec.template.spec", spec.path("template").path("spec"), problems);
  }

  private static void pod(String path, JsonNode spec, List<Problem> problems) {
    if (spec.path("containers").isEmpty()) {
      problems.add(Problem.required(path + ".containers", ""));
    }
    Set<String> names = new HashSet<>();
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        String at = "%s.%s[%d]".formatted(path, list, i);
        JsonNode container = spec.path(list).get(i);
        String name = container.path("name").asText("");
        if (name.isEmpty()) {
          problems.add(Problem.required(at + ".name", ""));
        } else if (!LABEL.matcher(name).matches() || name.length() > 63) {
          problems.add(
              Problem.invalid(at + ".name", quoted(name), "must be a lowercase RFC 1123 label"));
        } else if (!names.add(name)) {
          problems.add(Problem.duplicate(at + ".name", name));
        }
        if (container.path("image").asText("").isBlank()) {
          problems.add(Problem.required(at + ".image", ""));
        }
      }
    }
  }

  private static void definition(ObjectNode object, List<Problem> problems) {
    JsonNode spec = object.path("spec");
    String wanted = spec.at("/names/plural").asText() + "." + spec.path("group").asText();
    if (!Json.name(object).equals(wanted)) {
      problems.add(
          Problem.invalid(
              "metadata.name",
              quoted(Json.name(object)),
              "must be spec.names.plural+\".\"+spec.group"));
    }
    if (spec.at("/names/kind").asText().isEmpty()) {
      problems.add(Problem.required("spec.names.kind", ""));
    }
    if (!List.of("Namespaced", "Cluster").contains(spec.path("scope").asText())) {
      problems.add(
          Problem.invalid(
              "spec.scope", quoted(spec.path("scope").asText()), "must be Namespaced or Cluster"));
    }
    if (spec.path("versions").isEmpty()) {
      problems.add(
          Problem.required(
              "spec.versions", "must have exactly one version marked as storage version"));
    }
    for (int i = 0; i < spec.path("versions").size(); i++) {
      if (!spec.path("versions").get(i).at("/schema/openAPIV3Schema").isObject()) {
        problems.add(
            Problem.required(
                "spec.versions[%d].schema.openAPIV3Schema".formatted(i), "schemas are required"));
      }
    }
  }

  private static void service(JsonNode spec, List<Problem> problems) {
    if (spec.path("ports").isEmpty() && !spec.path("clusterIP").asText().equals("None")) {
      problems.add(Problem.required("spec.ports", ""));
    }
    for (int i = 0; i < spec.path("ports").size(); i++) {
      int port = spec.path("ports").get(i).path("port").asInt();
      if (port < 1 || port > 65_535) {
        problems.add(
            Problem.invalid(
                "spec.ports[%d].port".formatted(i),
                Integer.toString(port),
                "must be between 1 and 65535, inclusive"));
      }
    }
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }
}
