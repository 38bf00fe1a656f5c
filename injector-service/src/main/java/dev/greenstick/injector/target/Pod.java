package dev.greenstick.injector.target;

import dev.greenstick.contracts.PodRef;
import java.util.Map;
import java.util.Objects;

/**
 * What the injector knows of a pod, as the API server said it at one resource version.
 *
 * @param ref namespace, name and UID
 * @param resourceVersion the version that was seen; a write against another one must fail
 * @param labels its labels
 * @param annotations its annotations
 * @param phase {@code status.phase}; empty when not yet set
 * @param node {@code spec.nodeName}; empty when not yet scheduled
 * @param terminating whether it is being deleted
 * @param images what its containers run
 * @param owner what controls it; null when nothing does
 * @param ready whether its condition {@code Ready} holds
 */
public record Pod(
    PodRef ref,
    String resourceVersion,
    Map<String, String> labels,
    Map<String, String> annotations,
    String phase,
    String node,
    boolean terminating,
    Images images,
    Owner owner,
    boolean ready) {

  public Pod {
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(resourceVersion, "resourceVersion");
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(images, "images");
  }

  /**
   * The object that controls a pod, in the pod's namespace.
   *
   * @param kind for example {@code ReplicaSet}
   * @param name its name
   * @param uid its UID
   */
  public record Owner(String kind, String name, String uid) {

    public Owner {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(uid, "uid");
    }
  }
}
