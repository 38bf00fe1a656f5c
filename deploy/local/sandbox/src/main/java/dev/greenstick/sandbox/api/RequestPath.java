package dev.greenstick.sandbox.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a URL of the resource API means, as apiserver's {@code RequestInfoFactory} reads it. Parts
 * that are not there are empty.
 */
record RequestPath(
    String group,
    String version,
    String namespace,
    String resource,
    String name,
    String subresource) {

  static Optional<RequestPath> parse(String path) {
    Deque<String> steps = new ArrayDeque<>(List.of(path.replaceAll("^/+|/+$", "").split("/+")));
    String group;
    String version;
    switch (steps.removeFirst()) {
      case "api" -> group = "";
      case "apis" -> group = next(steps);
      default -> {
        return Optional.empty();
      }
    }
    version = next(steps);
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    String namespace = "";
    String resource = next(steps);
    if (resource.equals("namespaces") && steps.size() >= 2) {
      String owner = next(steps);
      if (steps.size() == 1 && (steps.peek().equals("status") || steps.peek().equals("finalize"))) {
        return Optional.of(new RequestPath(group, version, "", "namespaces", owner, next(steps)));
      }
      namespace = owner;
      resource = next(steps);
    }
    RequestPath parsed =
        new RequestPath(group, version, namespace, resource, next(steps), next(steps));
    return steps.isEmpty() ? Optional.of(parsed) : Optional.empty();
  }

  private static String next(Deque<String> steps) {
    return steps.isEmpty() ? "" : steps.removeFirst();
  }

  /** {@code pods} or {@code pods/eviction}, as roles name it. */
  String qualifiedResource() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }
}
