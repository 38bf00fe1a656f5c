package dev.greenstick.sandbox.access;

import java.util.List;

/** Who a request comes from. */
public record Subject(String user, List<String> groups) {

  /** The one who may do everything. */
  public static final Subject ADMIN =
      new Subject("kubernetes-admin", List.of("system:masters", "system:authenticated"));

  /** The subject of a service account. */
  public static Subject of(ServiceAccountName account) {
    return new Subject(
        "system:serviceaccount:" + account.namespace() + ":" + account.name(),
        List.of(
            "system:serviceaccounts",
            "system:serviceaccounts:" + account.namespace(),
            "system:authenticated"));
  }

  boolean isMaster() {
    return groups.contains("system:masters");
  }
}
