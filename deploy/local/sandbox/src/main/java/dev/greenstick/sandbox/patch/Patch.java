package dev.greenstick.sandbox.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Optional;

/** A change to a part of an object. */
public sealed interface Patch {

  /**
   * The object after the change; the one given is not modified.
   *
   * @throws IllegalArgumentException when the patch does not fit the object
   */
  ObjectNode on(ObjectNode object);

  /** RFC 6902. */
  record Operations(ArrayNode operations) implements Patch {
    @Override
    public ObjectNode on(ObjectNode object) {
      try {
        return (ObjectNode) JsonPatch.apply(operations, object);
      } catch (JsonPatchException | ClassCastException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  /** RFC 7396: null removes, lists are replaced. */
  record Merge(ObjectNode wanted) implements Patch {
    @Override
    public ObjectNode on(ObjectNode object) {
      return (ObjectNode) merge(object, wanted);
    }

    private static JsonNode merge(JsonNode current, JsonNode patch) {
      if (!(patch instanceof ObjectNode fields)) {
        return patch;
      }
      ObjectNode merged =
          current instanceof ObjectNode object ? object.deepCopy() : fields.objectNode();
      fields
          .fields()
          .forEachRemaining(
              entry -> {
                if (entry.getValue().isNull()) {
                  merged.remove(entry.getKey());
                } else {
                  merged.set(entry.getKey(), merge(merged.get(entry.getKey()), entry.getValue()));
                }
              });
      return merged;
    }
  }

  /** Kubernetes' own: lists whose elements have a key are merged by it. */
  record Strategic(ObjectNode wanted) implements Patch {
    @Override
    public ObjectNode on(ObjectNode object) {
      return StrategicMerge.merge(object, wanted);
    }
  }

  /**
   * The patch that a content type announces.
   *
   * @return empty when it announces none that is known
   * @throws IllegalArgumentException when the body is not what the type announces
   */
  static Optional<Patch> of(String contentType, JsonNode body) {
    return switch (contentType) {
      case "application/json-patch+json" -> {
        if (body instanceof ArrayNode operations) {
          yield Optional.of(new Operations(operations));
        }
        throw new IllegalArgumentException("a JSON patch is a list of operations");
      }
      case "application/merge-patch+json" -> Optional.of(new Merge(object(body)));
      case "application/strategic-merge-patch+json" -> Optional.of(new Strategic(object(body)));
      default -> Optional.empty();
    };
  }

  private static ObjectNode object(JsonNode body) {
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("this kind of patch is an object");
  }
}
