package dev.greenstick.injector.safety;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The namespaces that faults may touch: those that the installation allows, and of these never the
 * cluster's own.
 *
 * @param allowed what the installation allows; nothing by default
 */
public record Fence(Set<String> allowed) {

  private static final List<String> OF_THE_CLUSTER = List.of("kube-", "openshift-");

  public Fence {
    allowed = Set.copyOf(allowed);
  }

  /** The namespaces that may be touched, in order. */
  public Collection<String> open() {
    Set<String> open = new TreeSet<>(allowed);
    open.removeIf(Fence::isOfTheCluster);
    return open;
  }

  /** Every reason why a selector reaches too far; empty when it does not. */
  public List<Problem> problems(Selector selector) {
    List<Problem> problems = new ArrayList<>();
    if (open().isEmpty()) {
      problems.add(
          new Problem(
              "selector",
              "this injector may touch no namespace: set greenstick.injector.namespaces"));
      return problems;
    }
    if (!selector.pods().isEmpty()) {
      new TreeSet<>(selector.pods().keySet())
          .forEach(namespace -> check("selector.pods." + namespace, namespace, problems));
      return problems;
    }
    for (int i = 0; i < selector.namespaces().size(); i++) {
      check("selector.namespaces[" + i + "]", selector.namespaces().get(i), problems);
    }
    return problems;
  }

  private void check(String path, String namespace, List<Problem> problems) {
    if (isOfTheCluster(namespace)) {
      problems.add(
          new Problem(
              path, "namespace " + namespace + " belongs to the cluster and is never touched"));
    } else if (!allowed.contains(namespace)) {
      problems.add(
          new Problem(
              path,
              "namespace %s is not allowed on this cluster: greenstick.injector.namespaces allows %s"
                  .formatted(namespace, String.join(", ", open()))));
    }
  }

  private static boolean isOfTheCluster(String namespace) {
    return OF_THE_CLUSTER.stream().anyMatch(namespace::startsWith);
  }
}
