package dev.greenstick.injector.target;

import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Selects the candidates of a fault, by Chaos Mesh's rules except that terminating pods are none.
 *
 * <p>The API server narrows first; everything it can be asked is then checked again here, because a
 * server that ignores a selector must not widen what a fault may hit.
 */
public final class Selection {

  private Selection() {}

  /**
   * What to ask the API server for a selector.
   *
   * @param allowed the namespaces that stand for "any" when the selector names none
   */
  public static List<PodQuery> queries(Selector selector, Collection<String> allowed) {
    if (!selector.pods().isEmpty()) {
      return new TreeMap<>(selector.pods())
          .entrySet().stream()
              .filter(pods -> !pods.getValue().isEmpty())
              .map(
                  pods ->
                      PodQuery.named(pods.getKey(), List.copyOf(new TreeSet<>(pods.getValue()))))
              .toList();
    }
    String labels = labels(selector);
    String fields = fields(selector);
    return namespaces(selector, allowed).stream()
        .map(namespace -> new PodQuery(namespace, labels, fields, List.of()))
        .toList();
  }

  /** The namespaces a selector looks in, each once and in order. */
  public static Set<String> namespaces(Selector selector, Collection<String> allowed) {
    if (!selector.pods().isEmpty()) {
      return new TreeSet<>(selector.pods().keySet());
    }
    return new TreeSet<>(selector.namespaces().isEmpty() ? allowed : selector.namespaces());
  }

  /**
   * The candidates among the pods that the API server answered with: each once, in the order of
   * namespace, name and UID, whatever the order of the answer.
   */
  public static List<Pod> candidates(
      Selector selector, Collection<String> allowed, Collection<Pod> answered) {
    return candidates(selector, allowed, answered, Set.of());
  }

  /**
   * Likewise.
   *
   * @param labelled the nodes that have the labels of {@code nodeSelectors}; empty without any
   */
  public static List<Pod> candidates(
      Selector selector,
      Collection<String> allowed,
      Collection<Pod> answered,
      Set<String> labelled) {
    Set<String> namespaces = namespaces(selector, allowed);
    return answered.stream()
        .filter(pod -> !pod.terminating())
        .filter(pod -> namespaces.contains(pod.ref().namespace()))
        .filter(
            pod ->
                selector.pods().isEmpty()
                    ? matches(selector, pod, labelled)
                    : isNamed(selector, pod))
        .collect(Collectors.toMap(Pod::ref, pod -> pod, (one, same) -> one, TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  private static boolean isNamed(Selector selector, Pod pod) {
    return selector
        .pods()
        .getOrDefault(pod.ref().namespace(), List.of())
        .contains(pod.ref().name());
  }

  private static boolean matches(Selector selector, Pod pod, Set<String> labelled) {
    return pod.labels().entrySet().containsAll(selector.labelSelectors().entrySet())
        && selector.expressionSelectors().stream().allMatch(each -> holds(each, pod.labels()))
        && selector.fieldSelectors().entrySet().stream().allMatch(field -> holds(field, pod))
        && pod.annotations().entrySet().containsAll(selector.annotationSelectors().entrySet())
        && phaseMatches(selector.podPhaseSelectors(), pod.phase())
        && (selector.nodes().isEmpty() && selector.nodeSelectors().isEmpty()
            || selector.nodes().contains(pod.node())
            || labelled.contains(pod.node()));
  }

  private static boolean holds(Requirement requirement, Map<String, String> labels) {
    String value = labels.get(requirement.key());
    return switch (requirement.operator()) {
      case IN -> value != null && requirement.values().contains(value);
      // As in Kubernetes, a pod without the label is not in the values.
      case NOT_IN -> value == null || !requirement.values().contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
    };
  }

  private static boolean holds(Map.Entry<String, String> field, Pod pod) {
    return switch (field.getKey()) {
      case "metadata.name" -> pod.ref().name().equals(field.getValue());
      case "metadata.namespace" -> pod.ref().namespace().equals(field.getValue());
      case "spec.nodeName" -> pod.node().equals(field.getValue());
      case "status.phase" -> pod.phase().equals(field.getValue());
      // Only the API server can tell; it refuses fields that it does not know.
      default -> true;
    };
  }

  private static boolean phaseMatches(List<String> phases, String phase) {
    List<String> included = phases.stream().filter(each -> !each.startsWith("!")).toList();
    return (included.isEmpty() || included.contains(phase)) && !phases.contains("!" + phase);
  }

  /** The label selector of a selector's nodes; empty when it names none by label. */
  public static String nodeLabels(Selector selector) {
    return String.join(",", equalities(selector.nodeSelectors()));
  }

  private static List<String> equalities(Map<String, String> labels) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(labels).forEach((key, value) -> parts.add(key + "=" + value));
    return parts;
  }

  private static String labels(Selector selector) {
    List<String> parts = equalities(selector.labelSelectors());
    for (Requirement each : selector.expressionSelectors()) {
      String values = String.join(",", each.values());
      parts.add(
          switch (each.operator()) {
            case IN -> "%s in (%s)".formatted(each.key(), values);
            case NOT_IN -> "%s notin (%s)".formatted(each.key(), values);
            case EXISTS -> each.key();
            case DOES_NOT_EXIST -> "!" + each.key();
          });
    }
    return String.join(",", parts);
  }

  private static String fields(Selector selector) {
    List<String> parts = equalities(selector.fieldSelectors());
    if (selector.nodes().size() == 1 && selector.nodeSelectors().isEmpty()) {
      parts.add("spec.nodeName=" + selector.nodes().getFirst());
    }
    List<String> included = new ArrayList<>();
    for (String phase : selector.podPhaseSelectors()) {
      if (phase.startsWith("!")) {
        parts.add("status.phase!=" + phase.substring(1));
      } else {
        included.add(phase);
      }
    }
    if (included.size() == 1) {
      parts.add("status.phase=" + included.getFirst());
    }
    return String.join(",", parts);
  }
}
