package dev.greenstick.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  static Stream<Event<?>> events() {
    return Examples.events().stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void anExampleIsValidByItsSchemaAndMinifiedIsWhatIsWritten(Event<?> event) throws IOException {
    // Given
    Schema schema = schema(event.type());
    JsonNode example = Json.mapper().readTree(Files.readString(Published.example(event.type())));

    // When
    var errors = schema.validate(example);

    // Then
    assertThat(errors).isEmpty();
    assertThat(Json.mapper().writeValueAsString(example)).isEqualTo(Json.text(event.data()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatReadersNeedTheSchemaRequires(Event<?> event) throws IOException {
    // Given
    Schema schema = schema(event.type());
    ObjectNode example = Json.mapper().valueToTree(event.data());
    JsonNode required =
        Json.mapper().readTree(Files.readString(Published.schema(event.type()))).get("required");
    assertThat(required).isNotEmpty();
    for (JsonNode field : required) {

      // When
      var errors = schema.validate(example.deepCopy().without(List.of(field.textValue())));

      // Then
      assertThat(errors).as(field.textValue()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void fieldsOfANewerWriterAreValid(Event<?> event) throws IOException {
    // Given
    ObjectNode example = Json.mapper().valueToTree(event.data());
    example.put("addedLater", 1);

    // When
    var errors = schema(event.type()).validate(example);

    // Then
    assertThat(errors).isEmpty();
  }

  static Schema schema(String type) throws IOException {
    return SCHEMAS.getSchema(Files.readString(Published.schema(type)));
  }
}
