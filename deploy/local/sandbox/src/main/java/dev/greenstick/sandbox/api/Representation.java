package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.table.Tables;
import java.time.Instant;
import java.util.List;

/** The shape in which a client wants its objects, from the {@code Accept} header. */
enum Representation {
  /** As they are kept. */
  OBJECT,
  /** Columns and rows, for kubectl to print. */
  TABLE,
  /** Metadata alone. */
  METADATA;

  /**
   * The first shape named that can be served.
   *
   * @throws Refusal 406 when there is none
   */
  static Representation accepted(String accept) {
    if (accept == null || accept.isBlank()) {
      return OBJECT;
    }
    for (String range : accept.split(",", -1)) {
      String wanted = range.replace(" ", "");
      if (!wanted.startsWith("application/json")
          && !wanted.startsWith("*/*")
          && !wanted.startsWith("application/*")
          && !wanted.startsWith("application/yaml")) {
        continue;
      }
      if ((wanted + ";").contains(";as=Table;") && (wanted + ";").contains(";v=v1;")) {
        return TABLE;
      }
      if (wanted.contains("as=PartialObjectMetadata")) {
        return METADATA;
      }
      if (!wanted.contains("as=")) {
        return OBJECT;
      }
    }
    throw Refusal.plain(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json,"
            + " application/json;as=Table;v=v1;g=meta.k8s.io,"
            + " application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
  }

  /** One object. */
  ObjectNode of(ResourceType type, ObjectNode object, Query query, Instant now) {
    return switch (this) {
      case OBJECT -> object;
      case TABLE -> {
        ObjectNode table = Tables.of(type, List.of(object), now, query.text("includeObject"));
        table
            .putObject("metadata")
            .put("resourceVersion", object.path("metadata").path("resourceVersion").asText());
        yield table;
      }
      case METADATA -> partial(object);
    };
  }

  /** A page of objects. */
  ObjectNode of(ResourceType type, Listing listing, Query query, Instant now) {
    return switch (this) {
      case OBJECT -> listing.body(type);
      case TABLE -> {
        ObjectNode table = Tables.of(type, listing.items(), now, query.text("includeObject"));
        listing.meta(table);
        yield table;
      }
      case METADATA -> {
        ObjectNode list = Json.MAPPER.createObjectNode();
        list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
        listing.meta(list);
        ArrayNode items = list.putArray("items");
        listing.items().forEach(item -> items.add(partial(item)));
        yield list;
      }
    };
  }

  private static ObjectNode partial(ObjectNode object) {
    ObjectNode partial = Json.MAPPER.createObjectNode();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.get("metadata"));
    return partial;
  }
}
