package dev.greenstick.sandbox.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.Serial;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;

/** Between the trees that the store keeps and fabric8's classes. */
public final class Json {

  /** Reads and writes JSON as fabric8's classes expect it. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());

  /** Fails on fields that a class does not know, which fabric8's classes otherwise collect. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.CAN_OVERRIDE_ACCESS_MODIFIERS)
          .annotationIntrospector(new WithoutAnySetter())
          .build();

  private Json() {}

  private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(com.fasterxml.jackson.databind.introspect.Annotated annotated) {
      return annotated instanceof AnnotatedMember ? Boolean.FALSE : null;
    }
  }

  public static <T> T typed(ObjectNode object, Class<T> type) {
    return MAPPER.convertValue(object, type);
  }

  /** An object as fabric8's class of its kind. */
  public static ObjectNode tree(HasMetadata object) {
    return MAPPER.valueToTree(object);
  }

  /** A part of an object, such as its status. */
  public static JsonNode part(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads a request's body, JSON or YAML.
   *
   * @throws Refusal 400 when it cannot be read as an object
   */
  public static ObjectNode read(byte[] body, boolean yaml) {
    try {
      JsonNode read = (yaml ? YAML : MAPPER).readTree(body);
      if (read instanceof ObjectNode object) {
        return object;
      }
      throw Refusal.badRequest("the body of the request is not an object");
    } catch (IOException e) {
      throw Refusal.badRequest(
          "the body of the request was in an unknown format: " + e.getMessage());
    }
  }

  /**
   * Checks that an object fits fabric8's class of its kind.
   *
   * @throws Refusal 400 when a field has the wrong type
   */
  public static void checkTypes(ResourceType type, ObjectNode object) {
    try {
      MAPPER.treeToValue(object, type.type());
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: %s"
              .formatted(type.kind(), type.version(), type.kind(), firstLine(e)));
    }
  }

  /**
   * Checks that an object has no field that its kind does not know.
   *
   * @throws Refusal 400 naming the unknown field
   */
  public static void checkUnknown(ResourceType type, ObjectNode object) {
    try {
      STRICT.treeToValue(object, type.type());
    } catch (UnrecognizedPropertyException e) {
      String path =
          e.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() != null
                          ? step.getFieldName()
                          : "[" + step.getIndex() + "]")
              .collect(Collectors.joining("."))
              .replace(".[", "[");
      throw Refusal.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: strict decoding error: unknown field \"%s\""
              .formatted(type.kind(), type.version(), type.kind(), path));
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest(firstLine(e));
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  /** Removes every null, as Kubernetes does: a field that is null is a field that is not set. */
  public static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
        JsonNode value = fields.next().getValue();
        if (value.isNull()) {
          fields.remove();
        } else {
          dropNulls(value);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(Json::dropNulls);
    }
  }

  public static Map<String, String> labels(ObjectNode object) {
    return strings(object.path("metadata").path("labels"));
  }

  /** An object of strings as a map, empty when it is missing. */
  public static Map<String, String> strings(JsonNode object) {
    Map<String, String> found = new HashMap<>();
    object.fields().forEachRemaining(entry -> found.put(entry.getKey(), entry.getValue().asText()));
    return found;
  }

  public static String name(ObjectNode object) {
    return object.path("metadata").path("name").asText("");
  }

  public static String namespace(ObjectNode object) {
    return object.path("metadata").path("namespace").asText("");
  }

  public static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asText("");
  }

  public static boolean terminating(ObjectNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }
}
