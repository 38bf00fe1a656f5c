package dev.greenstick.sandbox.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.ServedTypes;
import java.util.List;

/** Gives every namespace what each one has, and empties those that go. */
final class NamespaceController implements Runnable {

  private final Resources resources;
  private final String certificate;

  /**
   * @param certificate the API server's authority, PEM, which every namespace holds
   */
  NamespaceController(Resources resources, String certificate) {
    this.resources = resources;
    this.certificate = certificate;
  }

  @Override
  public void run() {
    for (ObjectNode namespace : resources.store().list(ResourceTypes.NAMESPACES, null).objects()) {
      if (Json.terminating(namespace)) {
        empty(Json.name(namespace));
      } else {
        furnish(Json.name(namespace));
      }
    }
  }

  private void furnish(String namespace) {
    if (resources.get(ResourceTypes.SERVICE_ACCOUNTS, namespace, "default").isEmpty()) {
      ObjectNode account = object("ServiceAccount", "default");
      resources.create(ResourceTypes.SERVICE_ACCOUNTS, namespace, account, false);
    }
    if (resources.get(ResourceTypes.CONFIG_MAPS, namespace, "kube-root-ca.crt").isEmpty()) {
      ObjectNode authority = object("ConfigMap", "kube-root-ca.crt");
      authority.putObject("data").put("ca.crt", certificate);
      resources.create(ResourceTypes.CONFIG_MAPS, namespace, authority, false);
    }
  }

  private static ObjectNode object(String kind, String name) {
    ObjectNode object = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private void empty(String namespace) {
    boolean left = false;
    List<ResourceType> served = new ServedTypes(resources.store()).all();
    for (ResourceType type : served) {
      if (!type.namespaced()) {
        continue;
      }
      for (ObjectNode object : resources.store().list(type, namespace).objects()) {
        if (Json.terminating(object)) {
          left = true;
        } else {
          left |= !resources.delete(Key.of(type, object), Deletion.Request.PLAIN, false).gone();
        }
      }
    }
    if (!left) {
      Key key = new Key(ResourceTypes.NAMESPACES, "", namespace);
      resources.change(
          key,
          Part.MAIN,
          current -> {
            current.withObjectProperty("spec").putArray("finalizers");
            return current;
          },
          false);
    }
  }

  @Override
  public String toString() {
    return "namespace-controller";
  }
}
