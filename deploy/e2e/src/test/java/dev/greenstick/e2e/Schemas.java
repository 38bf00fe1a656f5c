package dev.greenstick.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas that the contracts ship, by CloudEvents type. */
final class Schemas {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> BY_TYPE = new ConcurrentHashMap<>();

  private Schemas() {}

  /** What is wrong with the data of an event of this type; empty when nothing is. */
  static List<String> problems(String type, byte[] data) {
    try {
      JsonNode value = Json.mapper().readTree(data);
      return BY_TYPE.computeIfAbsent(type, Schemas::load).validate(value).stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      return List.of("is no JSON: " + e.getMessage());
    }
  }

  private static Schema load(String type) {
    String resource = "/dev/greenstick/contracts/schemas/" + type + ".json";
    try (InputStream schema = Json.class.getResourceAsStream(resource)) {
      if (schema == null) {
        throw new IllegalStateException("type " + type + " has no schema at " + resource);
      }
      return REGISTRY.getSchema(schema, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
