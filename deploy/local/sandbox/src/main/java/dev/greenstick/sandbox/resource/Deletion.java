package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.Instant;

/** How an object goes: at once, after its grace period, or once its finalizers are gone; pure. */
public final class Deletion {

  private Deletion() {}

  /**
   * What a client may ask for; null where it does not say.
   *
   * @param gracePeriodSeconds seconds a pod's processes may take
   * @param uid the object must have this UID
   * @param resourceVersion the object must be at this version
   */
  public record Request(Long gracePeriodSeconds, String uid, String resourceVersion) {

    /** No preconditions, the object's own grace period. */
    public static final Request PLAIN = new Request(null, null, null);

    /** At once. */
    public static final Request NOW = new Request(0L, null, null);
  }

  /**
   * What became of a request.
   *
   * @param object the object's last or current state
   * @param gone whether it is no longer there
   */
  public record Outcome(ObjectNode object, boolean gone) {}

  /** The object after the request: null when it is gone, the same when nothing changes. */
  static ObjectNode requested(Key key, ObjectNode before, Request request, Instant now) {
    checkPreconditions(key, before, request);
    ObjectNode after = before.deepCopy();
    ObjectNode metadata = after.withObjectProperty("metadata");
    long grace = grace(key, before, request);
    if (Json.terminating(before)) {
      long current = metadata.path("deletionGracePeriodSeconds").asLong(0);
      if (grace >= current) {
        return finished(before) ? null : before;
      }
    }
    metadata.put("deletionTimestamp", Resources.timestamp(now.plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    if (key.type().equals(ResourceTypes.NAMESPACES)) {
      after.withObjectProperty("status").put("phase", "Terminating");
    }
    return finished(after) ? null : after;
  }

  /** Whether nothing holds a terminating object any more. */
  static boolean finished(ObjectNode object) {
    return Json.terminating(object)
        && object.path("metadata").path("deletionGracePeriodSeconds").asLong() == 0
        && object.path("metadata").path("finalizers").isEmpty()
        && !(object.path("kind").asText().equals("Namespace")
            && !object.path("spec").path("finalizers").isEmpty());
  }

  private static void checkPreconditions(Key key, ObjectNode before, Request request) {
    if (request.uid() != null && !request.uid().equals(Json.uid(before))) {
      throw Refusal.conflict(
          key.type(),
          key.name(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(request.uid(), Json.uid(before)));
    }
    String version = before.path("metadata").path("resourceVersion").asText();
    if (request.resourceVersion() != null && !request.resourceVersion().equals(version)) {
      throw Refusal.conflict(
          key.type(),
          key.name(),
          "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object"
                  .formatted(request.resourceVersion())
              + " meta: "
              + version);
    }
  }

  private static long grace(Key key, ObjectNode before, Request request) {
    if (!key.type().equals(ResourceTypes.PODS)) {
      return 0;
    }
    String phase = before.path("status").path("phase").asText();
    boolean neverRan = before.path("spec").path("nodeName").asText("").isEmpty();
    if (neverRan || phase.equals("Succeeded") || phase.equals("Failed")) {
      return 0;
    }
    if (request.gracePeriodSeconds() != null) {
      return Math.max(0, request.gracePeriodSeconds());
    }
    return before.path("spec").path("terminationGracePeriodSeconds").asLong(30);
  }
}
