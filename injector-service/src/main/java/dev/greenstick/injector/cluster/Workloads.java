package dev.greenstick.injector.cluster;

import dev.greenstick.injector.target.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the workloads that pods belong to. */
public final class Workloads {

  private Workloads() {}

  /**
   * The Deployment, ReplicaSet or StatefulSet that owns a pod, a Deployment rather than its
   * ReplicaSet; empty when none does, or it is gone.
   */
  public static Optional<Resource> of(Resources resources, Pod pod) {
    return Optional.ofNullable(pod.owner())
        .flatMap(owner -> find(resources, pod.ref().namespace(), owner))
        .flatMap(
            owner ->
                owner.controller().isEmpty()
                    ? Optional.of(owner)
                    : find(resources, pod.ref().namespace(), owner.controller().get())
                        // Of something that is no workload, an operator's resource for example.
                        .or(() -> Optional.of(owner)));
  }

  private static Optional<Resource> find(Resources resources, String namespace, Pod.Owner owner) {
    return ResourceType.WORKLOADS.stream()
        .filter(type -> type.kind().equals(owner.kind()))
        .findFirst()
        .flatMap(type -> resources.get(new ResourceRef(type, namespace, owner.name(), owner.uid())))
        .filter(found -> found.ref().uid().equals(owner.uid()));
  }

  /** The label selector of a workload's pods, as Kubernetes writes it. */
  public static String selector(Resource workload) {
    var selector = workload.body().path("spec").path("selector");
    List<String> parts = new ArrayList<>();
    TreeMap<String, String> labels = new TreeMap<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
    labels.forEach((key, value) -> parts.add(key + "=" + value));
    for (var each : selector.path("matchExpressions")) {
      String key = each.path("key").asText();
      List<String> values = each.path("values").valueStream().map(v -> v.asText()).toList();
      String listed = "(" + String.join(",", values) + ")";
      parts.add(
          switch (each.path("operator").asText()) {
            case "In" -> key + " in " + listed;
            case "NotIn" -> key + " notin " + listed;
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            default ->
                throw ClusterException.refused(
                    "%s: its selector has an unknown operator %s"
                        .formatted(workload.ref(), each.path("operator").asText()),
                    null);
          });
    }
    return String.join(",", parts);
  }
}
