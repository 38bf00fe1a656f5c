package dev.greenstick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.ResourceTypes;

/** The one role of every real cluster that a user of this one meets: the administrator's. */
final class SystemRoles {

  private SystemRoles() {}

  static void create(Resources resources) {
    ObjectNode role =
        Json.MAPPER
            .createObjectNode()
            .put("apiVersion", "rbac.authorization.k8s.io/v1")
            .put("kind", "ClusterRole");
    role.putObject("metadata").put("name", "cluster-admin");
    ObjectNode rule = role.putArray("rules").addObject();
    rule.putArray("apiGroups").add("*");
    rule.putArray("resources").add("*");
    rule.putArray("verbs").add("*");
    resources.create(ResourceTypes.CLUSTER_ROLES, "", role, false);

    ObjectNode binding =
        Json.MAPPER
            .createObjectNode()
            .put("apiVersion", "rbac.authorization.k8s.io/v1")
            .put("kind", "ClusterRoleBinding");
    binding.putObject("metadata").put("name", "cluster-admin");
    binding
        .putObject("roleRef")
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("kind", "ClusterRole")
        .put("name", "cluster-admin");
    binding.putArray("subjects").addObject().put("kind", "Group").put("name", "system:masters");
    resources.create(ResourceTypes.CLUSTER_ROLE_BINDINGS, "", binding, false);
  }
}
