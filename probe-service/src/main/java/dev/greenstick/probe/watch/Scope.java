package dev.greenstick.probe.watch;

import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One list-and-watch that the API server is asked for. What a selector says beyond namespaces,
 * labels and names is left out: more pods are then watched than a fault can hit, never fewer.
 *
 * @param namespace the namespace; null for all of them
 * @param labels a label selector as the API writes it; empty for every pod
 * @param names only these pods are told of; empty for every pod
 */
public record Scope(String namespace, String labels, Set<String> names) {

  public Scope {
    names = Set.copyOf(names);
  }

  /** The scopes that selectors need, each once. */
  public static Set<Scope> of(List<Selector> selectors) {
    Set<Scope> scopes = new LinkedHashSet<>();
    for (Selector selector : selectors) {
      if (!selector.pods().isEmpty()) {
        selector
            .pods()
            .forEach((namespace, names) -> scopes.add(new Scope(namespace, "", Set.copyOf(names))));
      } else if (selector.namespaces().isEmpty()) {
        scopes.add(new Scope(null, labels(selector), Set.of()));
      } else {
        for (String namespace : selector.namespaces()) {
          scopes.add(new Scope(namespace, labels(selector), Set.of()));
        }
      }
    }
    return scopes;
  }

  /** Whether a pod of this name is told of. */
  public boolean includes(String name) {
    return names.isEmpty() || names.contains(name);
  }

  private static String labels(Selector selector) {
    Set<String> requirements = new TreeSet<>();
    for (Map.Entry<String, String> label : selector.labelSelectors().entrySet()) {
      requirements.add(label.getKey() + "=" + label.getValue());
    }
    selector.expressionSelectors().stream().map(Scope::requirement).forEach(requirements::add);
    return String.join(",", requirements);
  }

  private static String requirement(Requirement requirement) {
    return switch (requirement.operator()) {
      case IN -> requirement.key() + " in " + values(requirement);
      case NOT_IN -> requirement.key() + " notin " + values(requirement);
      case EXISTS -> requirement.key();
      case DOES_NOT_EXIST -> "!" + requirement.key();
    };
  }

  private static String values(Requirement requirement) {
    return requirement.values().stream().sorted().collect(Collectors.joining(",", "(", ")"));
  }
}
