package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import java.util.List;

/** Who owns what, and in what state the owned pods are; pure. */
final class Owners {

  private Owners() {}

  static void own(ObjectNode owned, ObjectNode owner) {
    owned
        .withObjectProperty("metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", owner.path("apiVersion").asText())
        .put("kind", owner.path("kind").asText())
        .put("name", Json.name(owner))
        .put("uid", Json.uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  static boolean controls(ObjectNode owner, ObjectNode owned) {
    for (JsonNode reference : owned.path("metadata").path("ownerReferences")) {
      if (reference.path("controller").asBoolean()
          && reference.path("uid").asText().equals(Json.uid(owner))) {
        return true;
      }
    }
    return false;
  }

  static List<ObjectNode> ownedBy(ObjectNode owner, List<ObjectNode> all) {
    return all.stream().filter(each -> controls(owner, each)).toList();
  }

  /** A pod that counts: not ended and not about to end. */
  static boolean active(ObjectNode pod) {
    String phase = pod.path("status").path("phase").asText();
    return !Json.terminating(pod) && !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  static boolean ready(ObjectNode pod) {
    return condition(pod, "Ready").path("status").asText().equals("True");
  }

  static JsonNode condition(ObjectNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return object.path("\0missing");
  }
}
