package dev.greenstick.injector.cluster;

import java.util.Objects;

/**
 * An object of a cluster that is no pod.
 *
 * @param type its kind
 * @param namespace its namespace; empty when its kind has none
 * @param name its name
 * @param uid its UID; empty before it is created
 */
public record ResourceRef(ResourceType type, String namespace, String name, String uid) {

  public ResourceRef {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
  }

  /** Kind, namespace and name, for people. */
  @Override
  public String toString() {
    return type.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
