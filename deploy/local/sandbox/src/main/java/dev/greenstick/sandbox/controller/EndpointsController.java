package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes, for every service with a selector, which pods stand behind it and which are ready. */
final class EndpointsController implements Runnable {

  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String MANAGER = "endpointslice-controller.k8s.io";

  private final Resources resources;

  EndpointsController(Resources resources) {
    this.resources = resources;
  }

  @Override
  public void run() {
    List<ObjectNode> services = resources.store().list(ResourceTypes.SERVICES, null).objects();
    Set<Key> kept = new HashSet<>();
    for (ObjectNode service : services) {
      Map<String, String> selector = Json.strings(service.path("spec").path("selector"));
      if (selector.isEmpty() || Json.terminating(service)) {
        continue;
      }
      List<ObjectNode> pods =
          resources.store().list(ResourceTypes.PODS, Json.namespace(service)).objects().stream()
              .filter(pod -> Json.labels(pod).entrySet().containsAll(selector.entrySet()))
              .filter(pod -> !pod.path("status").path("podIP").asText("").isEmpty())
              .filter(pod -> !List.of("Succeeded", "Failed").contains(phase(pod)))
              .sorted(Comparator.comparing(pod -> pod.path("status").path("podIP").asText()))
              .toList();
      kept.add(write(ResourceTypes.ENDPOINTS, endpoints(service, pods)));
      kept.add(write(ResourceTypes.ENDPOINT_SLICES, slice(service, pods)));
    }
    for (ObjectNode slice : resources.store().list(ResourceTypes.ENDPOINT_SLICES, null).objects()) {
      if (MANAGER.equals(Json.labels(slice).get(MANAGED_BY))) {
        removeUnless(kept, ResourceTypes.ENDPOINT_SLICES, slice);
      }
    }
    for (ObjectNode endpoints : resources.store().list(ResourceTypes.ENDPOINTS, null).objects()) {
      if (Json.labels(endpoints).containsKey("endpoints.kubernetes.io/managed-by")) {
        removeUnless(kept, ResourceTypes.ENDPOINTS, endpoints);
      }
    }
  }

  private void removeUnless(Set<Key> kept, ResourceType type, ObjectNode object) {
    Key key = Key.of(type, object);
    if (!kept.contains(key)) {
      resources.delete(key, Deletion.Request.PLAIN, false);
    }
  }

  private Key write(ResourceType type, ObjectNode wanted) {
    Key key = Key.of(type, wanted);
    if (resources.store().get(key).isEmpty()) {
      resources.create(type, key.namespace(), wanted, false);
    } else {
      resources.change(
          key,
          Part.MAIN,
          current -> {
            ObjectNode after = wanted.deepCopy();
            after.set("metadata", current.get("metadata"));
            return after;
          },
          false);
    }
    return key;
  }

  private static String phase(ObjectNode pod) {
    return pod.path("status").path("phase").asText();
  }

  private static boolean serves(ObjectNode service, ObjectNode pod) {
    return Owners.ready(pod)
        || service.path("spec").path("publishNotReadyAddresses").asBoolean(false);
  }

  private static ObjectNode endpoints(ObjectNode service, List<ObjectNode> pods) {
    ObjectNode endpoints = object("v1", "Endpoints", service, Json.name(service));
    endpoints
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
    List<ObjectNode> living = pods.stream().filter(pod -> !Json.terminating(pod)).toList();
    if (living.isEmpty()) {
      return endpoints;
    }
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    for (ObjectNode pod : living) {
      subset
          .withArrayProperty(serves(service, pod) ? "addresses" : "notReadyAddresses")
          .addObject()
          .put("ip", pod.path("status").path("podIP").asText())
          .put("nodeName", pod.path("spec").path("nodeName").asText())
          .set("targetRef", reference(pod));
    }
    ArrayNode ports = subset.putArray("ports");
    service.path("spec").path("ports").forEach(port -> ports.add(port(port, living.getFirst())));
    return endpoints;
  }

  private static ObjectNode slice(ObjectNode service, List<ObjectNode> pods) {
    ObjectNode slice =
        object("discovery.k8s.io/v1", "EndpointSlice", service, Json.name(service) + "-sandbox");
    slice
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(SERVICE_NAME, Json.name(service))
        .put(MANAGED_BY, MANAGER);
    Owners.own(slice, service);
    slice.put("addressType", "IPv4");
    ArrayNode endpoints = slice.putArray("endpoints");
    for (ObjectNode pod : pods) {
      boolean terminating = Json.terminating(pod);
      boolean serving = serves(service, pod);
      ObjectNode endpoint = endpoints.addObject();
      endpoint.putArray("addresses").add(pod.path("status").path("podIP").asText());
      endpoint
          .putObject("conditions")
          .put("ready", serving && !terminating)
          .put("serving", serving)
          .put("terminating", terminating);
      endpoint.put("nodeName", pod.path("spec").path("nodeName").asText());
      endpoint.set("targetRef", reference(pod));
    }
    ArrayNode ports = slice.putArray("ports");
    service
        .path("spec")
        .path("ports")
        .forEach(port -> ports.add(port(port, pods.isEmpty() ? null : pods.getFirst())));
    return slice;
  }

  private static ObjectNode object(
      String apiVersion, String kind, ObjectNode service, String name) {
    ObjectNode object =
        Json.MAPPER.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata =
        object.putObject("metadata").put("name", name).put("namespace", Json.namespace(service));
    if (service.path("metadata").has("labels")) {
      metadata.set("labels", service.path("metadata").get("labels").deepCopy());
    }
    return object;
  }

  private static ObjectNode reference(ObjectNode pod) {
    return Json.MAPPER
        .createObjectNode()
        .put("kind", "Pod")
        .put("name", Json.name(pod))
        .put("namespace", Json.namespace(pod))
        .put("uid", Json.uid(pod));
  }

  private static ObjectNode port(JsonNode servicePort, ObjectNode pod) {
    ObjectNode port = Json.MAPPER.createObjectNode();
    port.put("name", servicePort.path("name").asText(""));
    port.put("port", targetPort(servicePort, pod));
    port.put("protocol", servicePort.path("protocol").asText("TCP"));
    return port;
  }

  private static int targetPort(JsonNode servicePort, ObjectNode pod) {
    JsonNode target = servicePort.path("targetPort");
    if (target.isInt() || pod == null) {
      return target.asInt(servicePort.path("port").asInt());
    }
    for (JsonNode container : pod.path("spec").path("containers")) {
      for (JsonNode declared : container.path("ports")) {
        if (declared.path("name").asText().equals(target.asText())) {
          return declared.path("containerPort").asInt();
        }
      }
    }
    return target.asInt(servicePort.path("port").asInt());
  }

  @Override
  public String toString() {
    return "endpoints-controller";
  }
}
