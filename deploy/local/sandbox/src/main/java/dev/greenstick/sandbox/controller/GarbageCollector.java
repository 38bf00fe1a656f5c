package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ServedTypes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes what nobody owns any more. */
final class GarbageCollector implements Runnable {

  private final Resources resources;

  GarbageCollector(Resources resources) {
    this.resources = resources;
  }

  @Override
  public void run() {
    // What is owned is read before the owners are: an owner is always there before what it owns.
    List<ResourceType> served = new ServedTypes(resources.store()).all();
    Map<Key, ObjectNode> owned = new LinkedHashMap<>();
    for (ResourceType type : served) {
      for (ObjectNode object : resources.store().list(type, null).objects()) {
        if (!object.path("metadata").path("ownerReferences").isEmpty()) {
          owned.put(Key.of(type, object), object);
        }
      }
    }
    Set<String> living = new HashSet<>();
    for (ResourceType type : served) {
      resources.store().list(type, null).objects().forEach(object -> living.add(Json.uid(object)));
    }
    owned.forEach(
        (key, object) -> {
          if (orphaned(object, living) && !Json.terminating(object)) {
            resources.delete(key, new Deletion.Request(null, Json.uid(object), null), false);
          }
        });
  }

  private static boolean orphaned(ObjectNode object, Set<String> living) {
    for (JsonNode reference : object.path("metadata").path("ownerReferences")) {
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
