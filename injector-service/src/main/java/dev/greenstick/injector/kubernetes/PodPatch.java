package dev.greenstick.injector.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.target.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A change of a pod as Kubernetes' strategic merge patch. It carries the resource version that was
 * seen, so that the API server answers 409 when the pod has changed since; a replacement of the
 * same name never has the same version.
 */
final class PodPatch {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PodPatch() {}

  static String json(Pod seen, PodChange change) {
    ObjectNode patch = JSON.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", seen.resourceVersion());
    put(metadata, "annotations", change.annotations());
    put(metadata, "labels", change.labels());
    ObjectNode spec = JSON.objectNode();
    putImages(spec, "containers", change.images().containers());
    putImages(spec, "initContainers", change.images().initContainers());
    if (!spec.isEmpty()) {
      patch.set("spec", spec);
    }
    return patch.toString();
  }

  private static void put(ObjectNode metadata, String field, Map<String, Optional<String>> values) {
    if (!values.isEmpty()) {
      ObjectNode node = metadata.putObject(field);
      // In a merge patch null removes.
      new TreeMap<>(values).forEach((key, value) -> node.put(key, value.orElse(null)));
    }
  }

  private static void putImages(ObjectNode spec, String field, Map<String, String> images) {
    if (!images.isEmpty()) {
      ArrayNode containers = spec.putArray(field);
      images.forEach((name, image) -> containers.addObject().put("name", name).put("image", image));
    }
  }
}
