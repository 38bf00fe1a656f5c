package dev.greenstick.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How services and what lies behind them are printed. */
final class NetworkColumns {

  static final List<Column> SERVICE =
      List.of(
          Column.objectName(),
          Column.text("Type", object -> object.path("spec").path("type").asText()),
          Column.text("Cluster-IP", object -> Tables.orNone(object.path("spec").path("clusterIP"))),
          Column.text("External-IP", object -> "<none>"),
          Column.text("Port(s)", NetworkColumns::servicePorts),
          Column.age(),
          Column.wide("Selector", object -> Tables.pairs(object.path("spec").path("selector"))));

  static final List<Column> ENDPOINTS =
      List.of(
          Column.objectName(), Column.text("Endpoints", NetworkColumns::addresses), Column.age());

  static final List<Column> ENDPOINT_SLICE =
      List.of(
          Column.objectName(),
          Column.text("AddressType", object -> object.path("addressType").asText()),
          Column.text("Ports", object -> Tables.joined(object.path("ports"), "port")),
          Column.text("Endpoints", NetworkColumns::sliceAddresses),
          Column.age());

  static final List<Column> NETWORK_POLICY =
      List.of(
          Column.objectName(),
          Column.text(
              "Pod-Selector",
              object -> Tables.pairs(object.path("spec").path("podSelector").path("matchLabels"))),
          Column.age());

  private NetworkColumns() {}

  private static String servicePorts(ObjectNode service) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : service.path("spec").path("ports")) {
      String node = port.has("nodePort") ? ":" + port.get("nodePort").asText() : "";
      ports.add(port.path("port").asText() + node + "/" + port.path("protocol").asText("TCP"));
    }
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static String addresses(ObjectNode endpoints) {
    List<String> found = new ArrayList<>();
    for (JsonNode subset : endpoints.path("subsets")) {
      for (JsonNode port : subset.path("ports")) {
        for (JsonNode address : subset.path("addresses")) {
          found.add(address.path("ip").asText() + ":" + port.path("port").asText());
        }
      }
    }
    return shortened(found);
  }

  private static String sliceAddresses(ObjectNode slice) {
    List<String> found = new ArrayList<>();
    for (JsonNode endpoint : slice.path("endpoints")) {
      endpoint.path("addresses").forEach(address -> found.add(address.asText()));
    }
    return shortened(found);
  }

  private static String shortened(List<String> found) {
    if (found.isEmpty()) {
      return "<none>";
    }
    return found.size() <= 3
        ? String.join(",", found)
        : String.join(",", found.subList(0, 3)) + " + %d more...".formatted(found.size() - 3);
  }
}
