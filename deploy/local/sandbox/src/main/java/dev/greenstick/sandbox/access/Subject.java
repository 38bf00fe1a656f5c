package dev.greenstick.sandbox.access;

import java.util.ArrayList;
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

  /** A user by name, with more groups than the name implies. */
  public static Subject named(String user, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    String[] parts = user.split(":", -1);
    if (parts.length == 4 && user.startsWith("system:serviceaccount:")) {
      all.addAll(of(new ServiceAccountName(parts[2], parts[3])).groups());
    } else {
      all.add("system:authenticated");
    }
    return new Subject(user, List.copyOf(all));
  }

  boolean isMaster() {
    return groups.contains("system:masters");
  }
}
