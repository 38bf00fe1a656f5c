package dev.greenstick.sandbox.access;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;

/** The decision of role-based access control, as Kubernetes' RBAC authorizer takes it; pure. */
final class Rules {

  private Rules() {}

  static boolean covers(PolicyRule rule, AccessRequest request) {
    return holds(rule.getVerbs(), request.verb())
        && holds(rule.getApiGroups(), request.group())
        && resource(rule.getResources(), request.resource())
        && (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(request.name()));
  }

  private static boolean holds(List<String> allowed, String asked) {
    return allowed.contains("*") || allowed.contains(asked);
  }

  private static boolean resource(List<String> allowed, String asked) {
    if (holds(allowed, asked)) {
      return true;
    }
    int slash = asked.indexOf('/');
    return slash > 0 && allowed.contains("*" + asked.substring(slash));
  }

  static boolean names(
      List<io.fabric8.kubernetes.api.model.rbac.Subject> bound, Subject subject, String namespace) {
    return bound.stream()
        .anyMatch(
            one ->
                switch (one.getKind()) {
                  case "User" -> one.getName().equals(subject.user());
                  case "Group" -> subject.groups().contains(one.getName());
                  case "ServiceAccount" -> {
                    String home = one.getNamespace() == null ? namespace : one.getNamespace();
                    yield subject
                        .user()
                        .equals("system:serviceaccount:" + home + ":" + one.getName());
                  }
                  default -> false;
                });
  }
}
