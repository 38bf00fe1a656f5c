package dev.greenstick.sandbox.access;

import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.ResourceTypes;
import dev.greenstick.sandbox.storage.Store;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import java.util.ArrayList;
import java.util.List;

/** Gathers from the cluster's roles and bindings the rules that hold for a subject. */
public final class Roles {

  private final Store store;

  public Roles(Store store) {
    this.store = store;
  }

  /** Whether any rule lets the request pass. */
  public boolean allows(Subject subject, AccessRequest request) {
    return subject.isMaster()
        || rules(subject, request.namespace()).stream()
            .anyMatch(rule -> Rules.covers(rule, request));
  }

  /** The rules that hold for a subject: of the cluster and, unless empty, of a namespace. */
  public List<PolicyRule> rules(Subject subject, String namespace) {
    List<PolicyRule> rules = new ArrayList<>();
    for (var object : store.list(ResourceTypes.CLUSTER_ROLE_BINDINGS, null).objects()) {
      ClusterRoleBinding binding = Json.typed(object, ClusterRoleBinding.class);
      if (Rules.names(binding.getSubjects(), subject, "")) {
        rules.addAll(rulesOf(binding.getRoleRef(), ""));
      }
    }
    if (!namespace.isEmpty()) {
      for (var object : store.list(ResourceTypes.ROLE_BINDINGS, namespace).objects()) {
        RoleBinding binding = Json.typed(object, RoleBinding.class);
        if (Rules.names(binding.getSubjects(), subject, namespace)) {
          rules.addAll(rulesOf(binding.getRoleRef(), namespace));
        }
      }
    }
    return rules;
  }

  private List<PolicyRule> rulesOf(RoleRef ref, String namespace) {
    boolean cluster = ref.getKind().equals("ClusterRole");
    ResourceType type = cluster ? ResourceTypes.CLUSTER_ROLES : ResourceTypes.ROLES;
    return store
        .get(new Key(type, cluster ? "" : namespace, ref.getName()))
        .map(
            role ->
                cluster
                    ? Json.typed(role, ClusterRole.class).getRules()
                    : Json.typed(role, Role.class).getRules())
        .orElse(List.of());
  }
}
