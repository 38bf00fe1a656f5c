package dev.greenstick.sandbox.storage;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Optional;

/**
 * The kinds that the sandbox always serves: adding one here makes it listed, watched, patched and
 * shown.
 */
public final class ResourceTypes {

  public static final ResourceType NAMESPACES =
      ResourceType.of(Namespace.class, "ns").with("status", "finalize");
  public static final ResourceType NODES = ResourceType.of(Node.class, "no").with("status");
  public static final ResourceType PODS =
      ResourceType.of(Pod.class, "po")
          .inAll()
          .with("status", "log", "eviction", "exec", "ephemeralcontainers");
  public static final ResourceType SERVICES =
      ResourceType.of(Service.class, "svc").inAll().with("status");
  public static final ResourceType ENDPOINTS = ResourceType.of(Endpoints.class, "ep");
  public static final ResourceType CONFIG_MAPS = ResourceType.of(ConfigMap.class, "cm");
  public static final ResourceType SECRETS = ResourceType.of(Secret.class);
  public static final ResourceType SERVICE_ACCOUNTS = ResourceType.of(ServiceAccount.class, "sa");
  public static final ResourceType EVENTS = ResourceType.of(Event.class, "ev");
  public static final ResourceType DEPLOYMENTS =
      ResourceType.of(Deployment.class, "deploy").inAll().with("status", "scale");
  public static final ResourceType REPLICA_SETS =
      ResourceType.of(ReplicaSet.class, "rs").inAll().with("status", "scale");

  /** Kept and scaled, but run by nobody: there is no controller for them. */
  public static final ResourceType STATEFUL_SETS =
      ResourceType.of(StatefulSet.class, "sts").inAll().with("status", "scale");

  public static final ResourceType LEASES = ResourceType.of(Lease.class);
  public static final ResourceType ENDPOINT_SLICES = ResourceType.of(EndpointSlice.class);
  public static final ResourceType NETWORK_POLICIES =
      ResourceType.of(NetworkPolicy.class, "netpol");
  public static final ResourceType DISRUPTION_BUDGETS =
      ResourceType.of(PodDisruptionBudget.class, "pdb").with("status");
  public static final ResourceType ROLES = ResourceType.of(Role.class);
  public static final ResourceType ROLE_BINDINGS = ResourceType.of(RoleBinding.class);
  public static final ResourceType CLUSTER_ROLES = ResourceType.of(ClusterRole.class);
  public static final ResourceType CLUSTER_ROLE_BINDINGS =
      ResourceType.of(ClusterRoleBinding.class);

  public static final ResourceType CUSTOM_RESOURCE_DEFINITIONS =
      ResourceType.of(CustomResourceDefinition.class, "crd", "crds").with("status");

  /** All kinds, in the order that discovery lists them. */
  public static final List<ResourceType> ALL =
      List.of(
          CONFIG_MAPS,
          ENDPOINTS,
          EVENTS,
          NAMESPACES,
          NODES,
          PODS,
          SECRETS,
          SERVICE_ACCOUNTS,
          SERVICES,
          DEPLOYMENTS,
          REPLICA_SETS,
          STATEFUL_SETS,
          LEASES,
          ENDPOINT_SLICES,
          NETWORK_POLICIES,
          DISRUPTION_BUDGETS,
          CUSTOM_RESOURCE_DEFINITIONS,
          CLUSTER_ROLE_BINDINGS,
          CLUSTER_ROLES,
          ROLE_BINDINGS,
          ROLES);

  private ResourceTypes() {}

  /** The kind that an object says it is, if the sandbox serves it. */
  public static Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return ALL.stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }
}
