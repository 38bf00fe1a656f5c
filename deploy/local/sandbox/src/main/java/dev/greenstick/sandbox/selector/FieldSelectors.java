package dev.greenstick.sandbox.selector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Field selectors: only the fields that Kubernetes indexes for a kind may be asked for. */
public final class FieldSelectors {

  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
  private static final Map<String, Set<String>> BY_KIND =
      Map.of(
          "Pod",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "Event",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          "Secret",
          Set.of("type"),
          "Namespace",
          Set.of("status.phase"),
          "Node",
          Set.of("spec.unschedulable"),
          "ReplicaSet",
          Set.of("status.replicas"),
          "Service",
          Set.of("spec.clusterIP", "spec.type"));

  private static final Pattern REQUIREMENT = Pattern.compile("([^=!]+)(==|=|!=)(.*)");

  private FieldSelectors() {}

  /**
   * Reads {@code a=b,c!=d}.
   *
   * @param text null or blank takes in everything
   * @param kind of the objects that are selected from
   * @throws IllegalArgumentException for what cannot be read, and for fields that are not indexed
   */
  public static Predicate<ObjectNode> parse(String text, String kind) {
    if (text == null || text.isBlank()) {
      return object -> true;
    }
    List<Predicate<ObjectNode>> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      Matcher matcher = REQUIREMENT.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "invalid field selector: %s; can't understand '%s'".formatted(text, part));
      }
      String field = matcher.group(1).strip();
      if (!EVERYWHERE.contains(field) && !BY_KIND.getOrDefault(kind, Set.of()).contains(field)) {
        throw new IllegalArgumentException("field label not supported: " + field);
      }
      String value = matcher.group(3).strip();
      boolean equal = !matcher.group(2).equals("!=");
      parts.add(object -> value(object, field).equals(value) == equal);
    }
    return object -> parts.stream().allMatch(part -> part.test(object));
  }

  private static String value(ObjectNode object, String field) {
    if (field.equals("source")) {
      return object.path("source").path("component").asText("");
    }
    JsonNode node = object;
    for (String step : field.split("\\.", -1)) {
      node = node.path(step);
    }
    if (field.equals("spec.unschedulable") || field.equals("spec.hostNetwork")) {
      return node.asText("false");
    }
    return node.asText("");
  }
}
