package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.ServedTypes;
import java.time.InstantSource;

/** Establishes custom resource definitions, and deletes their resources before they go. */
final class CustomResourceController implements Runnable {

  private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  private final Resources resources;
  private final InstantSource clock;

  CustomResourceController(Resources resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
  }

  @Override
  public void run() {
    for (ObjectNode definition :
        resources.store().list(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS, null).objects()) {
      if (!Json.terminating(definition)) {
        establish(definition);
      } else if (isEmpty(definition)) {
        finalizers(definition, false);
      }
    }
  }

  private void establish(ObjectNode definition) {
    if (ServedTypes.isEstablished(definition)) {
      return;
    }
    finalizers(definition, true);
    String now = Resources.timestamp(clock.instant());
    resources.changeStatus(
        Key.of(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS, definition),
        current -> {
          ObjectNode status = current.withObjectProperty("status");
          ArrayNode conditions = status.putArray("conditions");
          condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", now);
          condition(
              conditions,
              "Established",
              "InitialNamesAccepted",
              "the initial names have been accepted",
              now);
          status.set("acceptedNames", current.path("spec").path("names").deepCopy());
          return current;
        });
  }

  private static void condition(
      ArrayNode conditions, String type, String reason, String message, String now) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("reason", reason)
        .put("message", message)
        .put("lastTransitionTime", now);
  }

  private void finalizers(ObjectNode definition, boolean wanted) {
    resources.change(
        Key.of(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS, definition),
        Part.MAIN,
        current -> {
          ArrayNode finalizers =
              current.withObjectProperty("metadata").withArrayProperty("finalizers");
          finalizers.removeIf(each -> each.asText().equals(FINALIZER));
          if (wanted) {
            finalizers.add(FINALIZER);
          }
          return current;
        },
        false);
  }

  private boolean isEmpty(ObjectNode definition) {
    boolean empty = true;
    for (ResourceType type : ServedTypes.of(definition)) {
      for (ObjectNode object : resources.store().list(type, null).objects()) {
        empty &=
            !Json.terminating(object)
                && resources.delete(Key.of(type, object), Deletion.Request.PLAIN, false).gone();
      }
    }
    return empty;
  }

  @Override
  public String toString() {
    return "custom-resource-controller";
  }
}
