package dev.greenstick.injector.cluster;

import java.util.List;
import java.util.Objects;

/**
 * A kind of objects in a cluster, as URLs name it.
 *
 * @param group the API group; empty for the core
 * @param version the version in its group
 * @param plural as URLs have it
 * @param kind as objects have it
 * @param namespaced whether its objects belong to namespaces
 */
public record ResourceType(
    String group, String version, String plural, String kind, boolean namespaced) {

  public static final ResourceType NAMESPACE =
      new ResourceType("", "v1", "namespaces", "Namespace", false);
  public static final ResourceType NODE = new ResourceType("", "v1", "nodes", "Node", false);
  public static final ResourceType NETWORK_POLICY =
      new ResourceType("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true);
  public static final ResourceType DEPLOYMENT = app("deployments", "Deployment");
  public static final ResourceType REPLICA_SET = app("replicasets", "ReplicaSet");
  public static final ResourceType STATEFUL_SET = app("statefulsets", "StatefulSet");

  /** What has replicas and owns pods. */
  public static final List<ResourceType> WORKLOADS = List.of(DEPLOYMENT, REPLICA_SET, STATEFUL_SET);

  public ResourceType {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(plural, "plural");
    Objects.requireNonNull(kind, "kind");
  }

  private static ResourceType app(String plural, String kind) {
    return new ResourceType("apps", "v1", plural, kind, true);
  }

  /** Group and version as objects have them. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
