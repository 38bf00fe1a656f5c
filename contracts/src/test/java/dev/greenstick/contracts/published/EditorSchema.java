package dev.greenstick.contracts.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentReader;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schema of an experiment as somebody writes it, for editors. It differs from that of events:
 * what has a default may be left out, and a field that is not known is an error.
 */
final class EditorSchema {

  /** What readers fill in, by the name of its definition; events always have it. */
  private static final Map<String, Set<String>> FILLED_IN =
      Map.of(
          "Spec", Set.of("baseline", "hypothesis", "recovery"),
          "Hypothesis", Set.of("steadyState", "assertions"),
          "Step", Set.of("name"),
          "Probe", Set.of("name", "protocol", "rate", "timeout", "requests"),
          "PredictionRequest", Set.of("inputs"),
          "RequestsFrom", Set.of("format"));

  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";
  private static final String TYPE = "type";

  private EditorSchema() {}

  static ObjectNode of(Schemas schemas) {
    ObjectNode schema = schemas.of(Experiment.class, "Greenstick experiment");
    ObjectNode root = (ObjectNode) schema.get(PROPERTIES);
    root.putObject("$schema")
        .put(TYPE, "string")
        .put("description", "where this schema is, for the editor; it means nothing else");
    ObjectNode definitions = (ObjectNode) schema.get("$defs");
    definitions
        .properties()
        .forEach(
            definition ->
                leaveOut(
                    (ObjectNode) definition.getValue(),
                    FILLED_IN.getOrDefault(
                        definition.getKey().replaceFirst("-\\d+$", ""), Set.of())));
    writtenOtherwise(definitions);
    ObjectNode spec = (ObjectNode) definitions.at("/Spec/properties");
    defaults(
        (ObjectNode) spec.get("baseline"), GoDuration.format(ExperimentReader.DEFAULT_BASELINE));
    defaults(
        (ObjectNode) spec.get("recovery"), GoDuration.format(ExperimentReader.DEFAULT_RECOVERY));
    ObjectNode hypothesis = (ObjectNode) definitions.at("/Hypothesis/properties");
    defaults((ObjectNode) hypothesis.get("steadyState"), ExperimentReader.DEFAULT_STEADY_STATE);
    defaults((ObjectNode) hypothesis.get("assertions"), ExperimentReader.DEFAULT_ASSERTIONS);
    close(schema);
    return schema;
  }

  private static void leaveOut(ObjectNode definition, Set<String> names) {
    if (definition.get(REQUIRED) instanceof ArrayNode required) {
      List<JsonNode> left = new ArrayList<>();
      required.forEach(
          name -> {
            if (!names.contains(name.asText())) {
              left.add(name);
            }
          });
      definition.remove(REQUIRED);
      if (!left.isEmpty()) {
        definition.putArray(REQUIRED).addAll(left);
      }
    }
  }

  /** What readers take in another form than they write. */
  private static void writtenOtherwise(ObjectNode definitions) {
    for (String fault : List.of("PodChaos", "NetworkDeny")) {
      ((ObjectNode) definitions.at("/" + fault + "/properties/value"))
          .putArray(TYPE)
          .add("string")
          .add("integer");
    }
    ((ObjectNode) definitions.at("/Poisson/properties/seed")).remove("minimum");
    definitions
        .properties()
        .forEach(
            definition -> {
              if (definition.getValue().at("/properties/secretRef").isObject()) {
                ((ObjectNode) definition.getValue()).putArray(TYPE).add("string").add("object");
              }
            });
  }

  private static void defaults(ObjectNode property, Object value) {
    property.set("default", Json.mapper().valueToTree(value));
  }

  /** An object with known fields has no others, and a duration of nothing needs no unit. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path(PROPERTIES).isObject() && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      if (object.path("pattern").asText().contains("(ns|us|")) {
        object.putArray(TYPE).add("string").add("integer");
        object.put("maximum", 0);
      }
    }
    node.forEach(EditorSchema::close);
  }
}
