package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.util.HashSet;
import java.util.Set;

/** Deletes what nobody owns any more. */
final class GarbageCollector implements Runnable {

  private final Resources resources;

  GarbageCollector(Resources resources) {
    this.resources = resources;
  }

  @Override
  public void run() {
    Set<String> living = new HashSet<>();
    for (ResourceType type : ResourceTypes.ALL) {
      resources.store().list(type, null).objects().forEach(object -> living.add(Json.uid(object)));
    }
    for (ResourceType type : ResourceTypes.ALL) {
      for (ObjectNode object : resources.store().list(type, null).objects()) {
        if (orphaned(object, living) && !Json.terminating(object)) {
          resources.delete(
              Key.of(type, object), new Deletion.Request(null, Json.uid(object), null), false);
        }
      }
    }
  }

  private static boolean orphaned(ObjectNode object, Set<String> living) {
    JsonNode references = object.path("metadata").path("ownerReferences");
    if (references.isEmpty()) {
      return false;
    }
    for (JsonNode reference : references) {
      if (living.contains(reference.path("uid").asText())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "garbage-collector";
  }
}
