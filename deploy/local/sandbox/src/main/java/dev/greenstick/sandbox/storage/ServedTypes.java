package dev.greenstick.sandbox.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The kinds that are served now: those that always are, and those of the custom resource
 * definitions that are established. Safe for use by several threads.
 */
public final class ServedTypes {

  private final Store store;

  public ServedTypes(Store store) {
    this.store = store;
  }

  /** All kinds, in the order that discovery lists them. */
  public List<ResourceType> all() {
    List<ResourceType> all = new ArrayList<>(ResourceTypes.ALL);
    for (ObjectNode definition :
        store.list(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS, null).objects()) {
      if (isEstablished(definition)) {
        all.addAll(of(definition));
      }
    }
    return all;
  }

  /** The kind behind a URL, if it is served. */
  public Optional<ResourceType> find(String group, String version, String plural) {
    return all().stream()
        .filter(
            type ->
                type.group().equals(group)
                    && type.version().equals(version)
                    && type.plural().equals(plural))
        .findFirst();
  }

  /** The kind that a definition adds, once for each version that it serves. */
  public static List<ResourceType> of(ObjectNode definition) {
    JsonNode spec = definition.path("spec");
    return spec.path("versions")
        .valueStream()
        .filter(version -> version.path("served").asBoolean())
        .map(
            version ->
                ResourceType.custom(
                    spec,
                    version.path("name").asText(),
                    new TreeSet<>(
                        version
                            .path("subresources")
                            .propertyStream()
                            .map(each -> each.getKey())
                            .toList())))
        .toList();
  }

  /** Whether a definition's condition says so. */
  public static boolean isEstablished(ObjectNode definition) {
    return definition
        .path("status")
        .path("conditions")
        .valueStream()
        .anyMatch(
            each ->
                each.path("type").asText().equals("Established")
                    && each.path("status").asText().equals("True"));
  }
}
