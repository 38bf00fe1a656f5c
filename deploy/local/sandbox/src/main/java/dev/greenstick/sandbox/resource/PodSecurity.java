package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Kubernetes' Pod Security admission forbids in a namespace with its label, as far as
 * capabilities go; its other rules are not checked. Pure.
 */
final class PodSecurity {

  private static final String LABEL = "pod-security.kubernetes.io/enforce";

  private static final Set<String> BASELINE =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private static final Set<String> RESTRICTED = Set.of("NET_BIND_SERVICE");

  private PodSecurity() {}

  /** Why the pod may not be in the namespace; empty when it may. */
  static Optional<String> violation(ObjectNode namespace, ObjectNode pod) {
    String level = Json.labels(namespace).getOrDefault(LABEL, "privileged");
    Set<String> allowed =
        switch (level) {
          case "baseline" -> BASELINE;
          case "restricted" -> RESTRICTED;
          default -> Set.of();
        };
    if (allowed.isEmpty()) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonNode container : pod.path("spec").path(list)) {
        container
            .at("/securityContext/capabilities/add")
            .valueStream()
            .map(JsonNode::asText)
            .filter(each -> !allowed.contains(each))
            .forEach(
                each ->
                    found.add(
                        "container \"%s\" must not include \"%s\" in securityContext.capabilities.add"
                            .formatted(container.path("name").asText(), each)));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "violates PodSecurity \"%s:latest\": non-default capabilities (%s)"
                .formatted(level, String.join(", ", found)));
  }
}
