package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import java.util.stream.Collectors;

/** Shows a workload as {@code autoscaling/v1} Scale. */
final class Scale {

  private Scale() {}

  static ObjectNode of(ObjectNode workload) {
    ObjectNode scale = Json.MAPPER.createObjectNode();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      if (workload.path("metadata").has(field)) {
        metadata.set(field, workload.path("metadata").get(field));
      }
    }
    scale.putObject("spec").put("replicas", workload.path("spec").path("replicas").asInt());
    scale
        .putObject("status")
        .put("replicas", workload.path("status").path("replicas").asInt())
        .put(
            "selector",
            Json.strings(workload.path("spec").path("selector").path("matchLabels"))
                .entrySet()
                .stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(",")));
    return scale;
  }
}
