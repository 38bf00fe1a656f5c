package dev.greenstick.injector.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods.Written;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.Resources;
import java.util.Optional;

/**
 * What an object carries while one fault has changed one field of its spec, in one annotation, with
 * a label to find it by. Change and annotation are one patch, so neither is ever there alone.
 *
 * @param fault who changed it
 * @param field the field of its spec
 * @param before what it was; JSON null when it was not there
 * @param during what the fault made of it
 */
record Grip(FaultId fault, String field, JsonNode before, JsonNode during) {

  private static final int ATTEMPTS = 10;

  /** How an object is let go of. */
  enum Release {
    RESTORED,
    /** The field has another value than the fault gave it, which stays. */
    CHANGED_MEANWHILE,
    /** The fault does not have the object. */
    FREE,
    GONE
  }

  /**
   * Sets the field, unless this fault already has.
   *
   * @return false when the object, with this UID, no longer exists
   * @throws ClusterException not passing, when another fault has the object
   */
  static boolean take(
      Resources resources, ResourceRef ref, FaultId fault, String field, JsonNode during) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Resource> seen = find(resources, ref);
      if (seen.isEmpty() || seen.get().terminating()) {
        return false;
      }
      Optional<Grip> held = of(seen.get());
      if (held.isPresent()) {
        if (held.get().fault.equals(fault)) {
          return true;
        }
        throw ClusterException.refused(
            "%s is held by fault %s: one at a time".formatted(ref, held.get().fault), null);
      }
      JsonNode before = seen.get().body().path("spec").path(field);
      Grip grip =
          new Grip(
              fault,
              field,
              before.isMissingNode() ? JsonNodeFactory.instance.nullNode() : before,
              during);
      ObjectNode patch =
          patch(
              JsonNodeFactory.instance.textNode(grip.text()),
              JsonNodeFactory.instance.textNode(fault.toString()));
      patch.putObject("spec").set(field, during);
      if (resources.patch(seen.get(), patch) == Written.DONE) {
        return true;
      }
    }
    throw contended(ref);
  }

  /** Sets the field back, if this fault has the object and nobody has changed the field since. */
  static Release release(Resources resources, ResourceRef ref, FaultId fault) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Resource> seen = find(resources, ref);
      if (seen.isEmpty()) {
        return Release.GONE;
      }
      Optional<Grip> held = of(seen.get()).filter(grip -> grip.fault.equals(fault));
      if (held.isEmpty()) {
        return Release.FREE;
      }
      JsonNode none = JsonNodeFactory.instance.nullNode();
      ObjectNode patch = patch(none, none);
      Grip grip = held.get();
      boolean untouched = grip.during.equals(seen.get().body().path("spec").path(grip.field));
      if (untouched) {
        patch.putObject("spec").set(grip.field, grip.before);
      }
      if (resources.patch(seen.get(), patch) == Written.DONE) {
        return untouched ? Release.RESTORED : Release.CHANGED_MEANWHILE;
      }
    }
    throw contended(ref);
  }

  /** What an object carries; empty when no fault has it. */
  static Optional<Grip> of(Resource resource) {
    String text = resource.annotation(Hold.ANNOTATION);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readValue(text, Grip.class));
    } catch (JsonProcessingException | RuntimeException e) {
      throw ClusterException.refused(
          "%s: annotation %s is not readable, so what it was before is unknown; restore it by hand and remove the annotation and the label %s"
              .formatted(resource.ref(), Hold.ANNOTATION, Hold.LABEL),
          e);
    }
  }

  private static Optional<Resource> find(Resources resources, ResourceRef ref) {
    return resources.get(ref).filter(each -> each.ref().uid().equals(ref.uid()));
  }

  private static ObjectNode patch(JsonNode annotation, JsonNode label) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.putObject("annotations").set(Hold.ANNOTATION, annotation);
    metadata.putObject("labels").set(Hold.LABEL, label);
    return patch;
  }

  private String text() {
    try {
      return Json.mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("grip of fault " + fault + " cannot be written", e);
    }
  }

  private static ClusterException contended(ResourceRef ref) {
    return ClusterException.unavailable(
        "%s changed under each of %d patches in a row".formatted(ref, ATTEMPTS), null);
  }
}
