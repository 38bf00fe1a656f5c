package dev.greenstick.contracts;

import java.util.Objects;

/**
 * A pod is namespace, name and UID: a StatefulSet's next pod has the same name and is another pod.
 *
 * @param namespace the namespace
 * @param name the name
 * @param uid the UID that the API server gave it
 */
public record PodRef(String namespace, String name, String uid) implements Comparable<PodRef> {

  public PodRef {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
  }

  @Override
  public int compareTo(PodRef other) {
    int byNamespace = namespace.compareTo(other.namespace);
    int byName = byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    return byName != 0 ? byName : uid.compareTo(other.uid);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
