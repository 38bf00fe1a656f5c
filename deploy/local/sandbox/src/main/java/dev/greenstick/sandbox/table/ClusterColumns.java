package dev.greenstick.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** How nodes, namespaces, events, settings and roles are printed. */
final class ClusterColumns {

  static final List<Column> NODE =
      List.of(
          Column.objectName(),
          Column.text("Status", ClusterColumns::nodeStatus),
          Column.text("Roles", object -> "<none>"),
          Column.age(),
          Column.text(
              "Version",
              object -> object.path("status").path("nodeInfo").path("kubeletVersion").asText()),
          Column.wide("Internal-IP", object -> address(object, "InternalIP")),
          Column.wide("External-IP", object -> address(object, "ExternalIP")),
          Column.wide("OS-Image", object -> info(object, "osImage")),
          Column.wide("Kernel-Version", object -> info(object, "kernelVersion")),
          Column.wide("Container-Runtime", object -> info(object, "containerRuntimeVersion")));

  static final List<Column> NAMESPACE =
      List.of(
          Column.objectName(),
          Column.text("Status", object -> object.path("status").path("phase").asText()),
          Column.age());

  static final List<Column> EVENT =
      List.of(
          new Column(
              "Last Seen",
              "string",
              0,
              (event, now) -> TextNode.valueOf(Ages.since(lastSeen(event), now))),
          Column.text("Type", object -> object.path("type").asText()),
          Column.text("Reason", object -> object.path("reason").asText()),
          Column.text("Object", ClusterColumns::involved),
          Column.wide(
              "Subobject", object -> object.path("involvedObject").path("fieldPath").asText("")),
          Column.wide("Source", object -> object.path("source").path("component").asText("")),
          Column.text("Message", object -> object.path("message").asText().strip()),
          Column.wide("Count", object -> object.path("count").asText("1")),
          new Column("Name", "string", 1, (event, now) -> event.path("metadata").path("name")));

  static final List<Column> LEASE =
      List.of(
          Column.objectName(),
          Column.text("Holder", object -> object.path("spec").path("holderIdentity").asText("")),
          Column.age());

  static final List<Column> CONFIG_MAP =
      List.of(
          Column.objectName(),
          Column.number(
              "Data", object -> object.path("data").size() + object.path("binaryData").size()),
          Column.age());

  static final List<Column> SECRET =
      List.of(
          Column.objectName(),
          Column.text("Type", object -> object.path("type").asText()),
          Column.number("Data", object -> object.path("data").size()),
          Column.age());

  static final List<Column> SERVICE_ACCOUNT =
      List.of(
          Column.objectName(),
          Column.number("Secrets", object -> object.path("secrets").size()),
          Column.age());

  static final List<Column> ROLE =
      List.of(
          Column.objectName(),
          Column.text(
              "Created At", object -> object.path("metadata").path("creationTimestamp").asText()));

  static final List<Column> BINDING =
      List.of(
          Column.objectName(),
          Column.text(
              "Role",
              object ->
                  object.path("roleRef").path("kind").asText()
                      + "/"
                      + object.path("roleRef").path("name").asText()),
          Column.age(),
          Column.wide("Users", object -> subjects(object, "User")),
          Column.wide("Groups", object -> subjects(object, "Group")),
          Column.wide("ServiceAccounts", object -> subjects(object, "ServiceAccount")));

  private ClusterColumns() {}

  private static String nodeStatus(ObjectNode node) {
    String status = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        status = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
      }
    }
    return node.path("spec").path("unschedulable").asBoolean()
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String info(ObjectNode node, String field) {
    return node.path("status").path("nodeInfo").path(field).asText("<unknown>");
  }

  private static String address(ObjectNode node, String type) {
    for (JsonNode address : node.path("status").path("addresses")) {
      if (address.path("type").asText().equals(type)) {
        return address.path("address").asText();
      }
    }
    return "<none>";
  }

  private static String lastSeen(ObjectNode event) {
    for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
      if (event.hasNonNull(field)) {
        return event.get(field).asText();
      }
    }
    return event.path("metadata").path("creationTimestamp").asText();
  }

  private static String involved(ObjectNode event) {
    JsonNode object = event.path("involvedObject");
    return object.path("kind").asText().toLowerCase(java.util.Locale.ROOT)
        + "/"
        + object.path("name").asText();
  }

  private static String subjects(ObjectNode binding, String kind) {
    List<String> names = new ArrayList<>();
    for (JsonNode subject : binding.path("subjects")) {
      if (subject.path("kind").asText().equals(kind)) {
        String namespace = subject.path("namespace").asText("");
        names.add((namespace.isEmpty() ? "" : namespace + "/") + subject.path("name").asText());
      }
    }
    return String.join(", ", names);
  }
}
