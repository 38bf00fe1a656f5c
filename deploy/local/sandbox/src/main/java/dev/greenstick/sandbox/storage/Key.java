package dev.greenstick.sandbox.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where an object is kept.
 *
 * @param namespace empty for kinds that live in no namespace
 */
public record Key(ResourceType type, String namespace, String name) implements Comparable<Key> {

  /** The key of an object that carries its name, and its namespace where it lives in one. */
  public static Key of(ResourceType type, ObjectNode object) {
    return new Key(
        type,
        object.path("metadata").path("namespace").asText(""),
        object.path("metadata").path("name").asText(""));
  }

  @Override
  public int compareTo(Key other) {
    int byType = type.qualifiedName().compareTo(other.type.qualifiedName());
    if (byType != 0) {
      return byType;
    }
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return type + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
