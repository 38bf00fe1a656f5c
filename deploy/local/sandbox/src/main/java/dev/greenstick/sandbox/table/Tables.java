package dev.greenstick.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects as {@code meta.k8s.io/v1} Table, with the columns that a real API server prints. */
public final class Tables {

  private static final Map<String, List<Column>> COLUMNS =
      Map.ofEntries(
          Map.entry("Pod", PodColumns.COLUMNS),
          Map.entry("Deployment", WorkloadColumns.DEPLOYMENT),
          Map.entry("ReplicaSet", WorkloadColumns.REPLICA_SET),
          Map.entry("PodDisruptionBudget", WorkloadColumns.DISRUPTION_BUDGET),
          Map.entry("Service", NetworkColumns.SERVICE),
          Map.entry("Endpoints", NetworkColumns.ENDPOINTS),
          Map.entry("EndpointSlice", NetworkColumns.ENDPOINT_SLICE),
          Map.entry("NetworkPolicy", NetworkColumns.NETWORK_POLICY),
          Map.entry("Node", ClusterColumns.NODE),
          Map.entry("Namespace", ClusterColumns.NAMESPACE),
          Map.entry("Event", ClusterColumns.EVENT),
          Map.entry("Lease", ClusterColumns.LEASE),
          Map.entry("ConfigMap", ClusterColumns.CONFIG_MAP),
          Map.entry("Secret", ClusterColumns.SECRET),
          Map.entry("ServiceAccount", ClusterColumns.SERVICE_ACCOUNT),
          Map.entry("Role", ClusterColumns.ROLE),
          Map.entry("ClusterRole", ClusterColumns.ROLE),
          Map.entry("RoleBinding", ClusterColumns.BINDING),
          Map.entry("ClusterRoleBinding", ClusterColumns.BINDING));

  private static final List<Column> PLAIN = List.of(Column.objectName(), Column.age());

  private Tables() {}

  /**
   * A table without list metadata.
   *
   * @param includeObject None, Object, or anything else for the metadata alone
   */
  public static ObjectNode of(
      ResourceType type, List<ObjectNode> objects, Instant now, String includeObject) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    List<Column> columns = COLUMNS.getOrDefault(type.kind(), PLAIN);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", column.name())
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().apply(object, now)));
      switch (includeObject) {
        case "None" -> {}
        case "Object" -> row.set("object", object);
        default -> {
          ObjectNode partial = row.putObject("object");
          partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
          partial.set("metadata", object.path("metadata"));
        }
      }
    }
    return table;
  }

  static String joined(JsonNode list, String field) {
    List<String> values = new ArrayList<>();
    list.forEach(element -> values.add((field.isEmpty() ? element : element.path(field)).asText()));
    return values.isEmpty() ? "<none>" : String.join(",", values);
  }

  static String orNone(JsonNode value) {
    String text = value.asText("");
    return text.isEmpty() ? "<none>" : text;
  }

  static String pairs(JsonNode labels) {
    List<String> pairs = new ArrayList<>();
    labels
        .fields()
        .forEachRemaining(entry -> pairs.add(entry.getKey() + "=" + entry.getValue().asText()));
    return pairs.isEmpty() ? "<none>" : String.join(",", pairs);
  }
}
