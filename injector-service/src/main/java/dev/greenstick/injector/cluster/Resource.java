package dev.greenstick.injector.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.injector.target.Pod;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An object of a cluster as the API server said it at one resource version.
 *
 * @param ref which one
 * @param body the whole object; not to be changed
 */
public record Resource(ResourceRef ref, JsonNode body) {

  public Resource {
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(body, "body");
  }

  /** An object of this kind as JSON has it. */
  public static Resource of(ResourceType type, JsonNode body) {
    JsonNode metadata = body.path("metadata");
    return new Resource(
        new ResourceRef(
            type,
            metadata.path("namespace").asText(),
            metadata.path("name").asText(),
            metadata.path("uid").asText()),
        body);
  }

  /** The version that was seen; a write against another one must fail. */
  public String resourceVersion() {
    return body.path("metadata").path("resourceVersion").asText();
  }

  /** The value of a label; empty when it has none. */
  public String label(String key) {
    return body.path("metadata").path("labels").path(key).asText();
  }

  /** The value of an annotation; empty when it has none. */
  public String annotation(String key) {
    return body.path("metadata").path("annotations").path(key).asText();
  }

  /** What controls it; empty when nothing does. */
  public Optional<Pod.Owner> controller() {
    return body.path("metadata")
        .path("ownerReferences")
        .valueStream()
        .filter(each -> each.path("controller").asBoolean())
        .map(
            each ->
                new Pod.Owner(
                    each.path("kind").asText(),
                    each.path("name").asText(),
                    each.path("uid").asText()))
        .findFirst();
  }

  /** Its labels. */
  public Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    body.path("metadata")
        .path("labels")
        .properties()
        .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
    return labels;
  }

  /** Whether it is being deleted. */
  public boolean terminating() {
    return body.path("metadata").hasNonNull("deletionTimestamp");
  }
}
