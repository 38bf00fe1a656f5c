package dev.greenstick.injector.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.injector.cluster.Pods.Written;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a cluster that faults need beside pods: workloads, nodes, network policies, Chaos
 * Mesh's resources. Blocks; safe for many threads; throws {@link ClusterException} as {@link Pods}
 * does.
 */
public interface Resources {

  /** Whether the cluster serves this kind of objects. */
  boolean serves(ResourceType type);

  /** The object of this kind, namespace and name, whatever its UID; empty when there is none. */
  Optional<Resource> get(ResourceRef ref);

  /**
   * All objects of a kind with a label selector; none when the cluster does not serve the kind.
   *
   * @param namespace the namespace; empty when the kind has none
   * @param labels a label selector as Kubernetes writes it
   */
  List<Resource> list(ResourceType type, String namespace, String labels);

  /** Creates an object; nothing happens when there is one of its name already. */
  void create(ResourceRef ref, ObjectNode body);

  /**
   * Changes an object by a JSON merge patch, on condition that it is still as it was seen.
   *
   * @param patch what to change, without a resource version
   */
  Written patch(Resource seen, ObjectNode patch);

  /** Deletes an object, on condition that it has this UID. It may end later. */
  Written delete(ResourceRef ref);
}
