package dev.greenstick.verdict.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The OpenAPI document as a reader takes it: answers must have the form that it promises. */
record OpenApi(JsonNode document) {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static OpenApi of(String json) {
    try {
      JsonNode document = Json.mapper().readTree(json);
      closed(document.at("/components/schemas"));
      return new OpenApi(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless the answer has the form that the document has for this path. */
  void assertPromised(String path, String answer) {
    JsonNode schema =
        document.path("paths").path(path).at("/get/responses/200/content/application~1json/schema");
    assertThat(schema.isMissingNode()).as("no schema of " + path).isFalse();
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", document.path("components"));
    assertThat(
            REGISTRY
                .getSchema(whole.toString(), InputFormat.JSON)
                .validate(answer, InputFormat.JSON))
        .as("%s: %s", path, answer)
        .isEmpty();
  }

  /** What is not promised must not be there. */
  private static void closed(JsonNode schemas) {
    schemas.forEach(
        schema -> {
          if (schema.has("properties") && schema instanceof ObjectNode object) {
            object.put("additionalProperties", false);
          }
        });
  }
}
