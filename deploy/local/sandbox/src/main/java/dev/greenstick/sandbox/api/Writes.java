package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.patch.Apply;
import dev.greenstick.sandbox.patch.Patch;
import dev.greenstick.sandbox.resource.Deletion;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.resource.Part;
import dev.greenstick.sandbox.resource.Resources;
import dev.greenstick.sandbox.storage.Key;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Carries out the writes of clients. */
final class Writes {

  private final Resources resources;
  private final InstantSource clock;

  Writes(Resources resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
  }

  /** What a write answers with. */
  record Written(int code, ObjectNode object) {}

  /** What a client sends with a write. */
  @SuppressWarnings("ArrayRecordComponent") // Bodies are not compared.
  record Body(byte[] bytes, String contentType) {

    ObjectNode object() {
      if (contentType.contains("protobuf")) {
        return Protobuf.read(bytes);
      }
      return Json.read(bytes, contentType.contains("yaml"));
    }

    boolean empty() {
      return bytes.length == 0;
    }
  }

  Written create(ResourceType type, String namespace, Body body, Query query) {
    ObjectNode object = body.object();
    validateFields(type, object, query);
    return new Written(201, resources.create(type, namespace, object, query.dryRun()));
  }

  Written replace(Key key, Part part, Body body, Query query) {
    ObjectNode object = body.object();
    validateFields(key.type(), object, query);
    return new Written(200, resources.change(key, part, before -> object, query.dryRun()));
  }

  Written patch(Key key, Part part, Body body, Query query) {
    if (body.contentType().startsWith("application/apply-patch")) {
      return apply(key, part, body, query);
    }
    if (key.type().custom() && body.contentType().startsWith("application/strategic-merge")) {
      throw unsupported();
    }
    Patch patch = patch(body);
    return new Written(
        200,
        resources.change(
            key,
            part,
            before -> {
              ObjectNode after = patched(patch, before);
              validateFields(key.type(), after, query);
              return after;
            },
            query.dryRun()));
  }

  private static ObjectNode patched(Patch patch, ObjectNode before) {
    try {
      return patch.on(before);
    } catch (IllegalArgumentException e) {
      throw Refusal.plain(
          422,
          "Invalid",
          "the server rejected our request due to an error in our request: " + e.getMessage());
    }
  }

  private static Refusal unsupported() {
    return Refusal.plain(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json-patch+json, application/merge-patch+json,"
            + " application/strategic-merge-patch+json (not for custom resources),"
            + " application/apply-patch+yaml");
  }

  private static Patch patch(Body body) {
    try {
      JsonNode tree = Json.MAPPER.readTree(body.bytes());
      Optional<Patch> patch = Patch.of(body.contentType(), tree);
      return patch.orElseThrow(Writes::unsupported);
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.badRequest("error decoding patch: " + e.getMessage());
    }
  }

  private Written apply(Key key, Part part, Body body, Query query) {
    String manager = query.text("fieldManager");
    if (manager.isEmpty()) {
      throw Refusal.badRequest("fieldManager is required for apply patch");
    }
    ObjectNode wanted = Json.read(body.bytes(), true);
    validateFields(key.type(), wanted, query);
    boolean force = query.flag("force");
    String now = Resources.timestamp(clock.instant());
    if (resources.store().get(key).isEmpty()) {
      ObjectNode nothing = Json.MAPPER.createObjectNode();
      nothing.putObject("metadata").put("name", key.name());
      ObjectNode created = Apply.apply(nothing, wanted, manager, force, now).object();
      return new Written(
          201, resources.create(key.type(), key.namespace(), created, query.dryRun()));
    }
    return new Written(
        200,
        resources.change(
            key,
            part,
            before -> {
              checkVersion(key, before, wanted);
              Apply.Result result = Apply.apply(before, wanted, manager, force, now);
              if (!result.conflicts().isEmpty()) {
                throw conflict(result.conflicts());
              }
              return sameButForTime(before, result.object()) ? before : result.object();
            },
            query.dryRun()));
  }

  private static boolean sameButForTime(ObjectNode before, ObjectNode after) {
    return timeless(before).equals(timeless(after));
  }

  private static ObjectNode timeless(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.path("metadata")
        .path("managedFields")
        .forEach(entry -> ((ObjectNode) entry).remove("time"));
    return copy;
  }

  private static void checkVersion(Key key, ObjectNode before, ObjectNode wanted) {
    String asked = wanted.path("metadata").path("resourceVersion").asText("");
    if (!asked.isEmpty()
        && !asked.equals(before.path("metadata").path("resourceVersion").asText())) {
      throw Refusal.modified(key.type(), key.name());
    }
  }

  private static Refusal conflict(List<Apply.Conflict> conflicts) {
    return Refusal.plain(
        409,
        "Conflict",
        "Apply failed with %d conflict%s: %s"
            .formatted(
                conflicts.size(),
                conflicts.size() == 1 ? "" : "s",
                conflicts.stream()
                    .map(each -> "conflict with \"%s\": %s".formatted(each.manager(), each.field()))
                    .collect(Collectors.joining(", "))));
  }

  /** What a delete asks for, from its body and its parameters. */
  static Deletion.Request deletion(Body body, Query query) {
    ObjectNode options = body.empty() ? Json.MAPPER.createObjectNode() : body.object();
    JsonNode preconditions = options.path("preconditions");
    Long grace = null;
    if (options.path("gracePeriodSeconds").isNumber()) {
      grace = options.get("gracePeriodSeconds").asLong();
    } else if (!query.text("gracePeriodSeconds").isEmpty()) {
      grace = query.number("gracePeriodSeconds");
    }
    if (grace != null && grace < 0) {
      throw Refusal.badRequest("gracePeriodSeconds: Invalid value: " + grace);
    }
    return new Deletion.Request(
        grace, textOrNull(preconditions, "uid"), textOrNull(preconditions, "resourceVersion"));
  }

  /** Whether a delete, by its body or its parameters, only asks what would happen. */
  static boolean dryRun(Body body, Query query) {
    return query.dryRun() || (!body.empty() && !body.object().path("dryRun").isEmpty());
  }

  private static String textOrNull(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  private static void validateFields(ResourceType type, ObjectNode object, Query query) {
    if (query.text("fieldValidation").equals("Strict") && !type.custom()) {
      Json.checkUnknown(type, object);
    }
  }

  /** Changes the replica count through the scale subresource. */
  Written scale(Key key, Body body, Query query, boolean patching) {
    Patch patch = patching ? patch(body) : null;
    ObjectNode changed =
        resources.change(
            key,
            Part.MAIN,
            before -> {
              ObjectNode scale = patch == null ? body.object() : patched(patch, Scale.of(before));
              String asked = scale.path("metadata").path("resourceVersion").asText("");
              if (!asked.isEmpty()
                  && !asked.equals(before.path("metadata").path("resourceVersion").asText())) {
                throw Refusal.modified(key.type(), key.name());
              }
              before
                  .withObjectProperty("spec")
                  .put("replicas", scale.path("spec").path("replicas").asInt());
              return before;
            },
            query.dryRun());
    return new Written(200, Scale.of(changed));
  }
}
