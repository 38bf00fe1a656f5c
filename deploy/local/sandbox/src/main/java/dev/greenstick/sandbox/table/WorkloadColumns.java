package dev.greenstick.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How workloads and their budgets are printed. */
final class WorkloadColumns {

  private static final List<Column> TEMPLATE =
      List.of(
          Column.wide("Containers", workload -> Tables.joined(containers(workload), "name")),
          Column.wide("Images", workload -> Tables.joined(containers(workload), "image")),
          Column.wide(
              "Selector",
              workload ->
                  Tables.pairs(workload.path("spec").path("selector").path("matchLabels"))));

  static final List<Column> DEPLOYMENT =
      with(
          Column.objectName(),
          Column.text(
              "Ready",
              deployment ->
                  deployment.path("status").path("readyReplicas").asInt()
                      + "/"
                      + deployment.path("spec").path("replicas").asInt()),
          Column.number(
              "Up-to-date", object -> object.path("status").path("updatedReplicas").asInt()),
          Column.number(
              "Available", object -> object.path("status").path("availableReplicas").asInt()),
          Column.age());

  static final List<Column> REPLICA_SET =
      with(
          Column.objectName(),
          Column.number("Desired", object -> object.path("spec").path("replicas").asInt()),
          Column.number("Current", object -> object.path("status").path("replicas").asInt()),
          Column.number("Ready", object -> object.path("status").path("readyReplicas").asInt()),
          Column.age());

  static final List<Column> DISRUPTION_BUDGET =
      List.of(
          Column.objectName(),
          Column.text("Min Available", object -> limit(object, "minAvailable")),
          Column.text("Max Unavailable", object -> limit(object, "maxUnavailable")),
          Column.number(
              "Allowed Disruptions",
              object -> object.path("status").path("disruptionsAllowed").asInt()),
          Column.age());

  private WorkloadColumns() {}

  private static List<Column> with(Column... columns) {
    return java.util.stream.Stream.concat(List.of(columns).stream(), TEMPLATE.stream()).toList();
  }

  private static JsonNode containers(ObjectNode workload) {
    return workload.path("spec").path("template").path("spec").path("containers");
  }

  private static String limit(ObjectNode budget, String field) {
    return budget.path("spec").has(field) ? budget.path("spec").get(field).asText() : "N/A";
  }
}
