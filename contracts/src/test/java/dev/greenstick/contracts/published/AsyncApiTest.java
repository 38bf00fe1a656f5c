package dev.greenstick.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.greenstick.contracts.AllTypes;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

  private static final Path DOCUMENT = Published.RESOURCES.resolve("asyncapi.yaml");

  private final JsonNode document = read();

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    // When
    List<String> references = new ArrayList<>();
    document.findValues("$ref").forEach(reference -> references.add(reference.textValue()));

    // Then
    assertThat(references).hasSizeGreaterThan(100);
    for (String reference : references) {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        assertThat(Published.RESOURCES.resolve(reference).normalize()).exists();
      }
    }
  }

  @Test
  void theReferencesInsideEverySchemaLeadSomewhere() throws IOException {
    for (Class<?> type : AllTypes.records()) {
      // Given
      JsonNode schema =
          Json.mapper().readTree(Files.readString(Published.schema(Event.typeOf(type))));

      // When
      List<JsonNode> references = schema.findValues("$ref");

      // Then
      for (JsonNode reference : references) {
        assertThat(reference.textValue()).startsWith("#/$defs/");
        assertThat(schema.at(reference.textValue().substring(1)).isMissingNode()).isFalse();
      }
    }
  }

  @Test
  void itsMessagesAreTheTypesNoneMissingNoneExtra() {
    // Given
    TreeSet<String> expected = new TreeSet<>();
    AllTypes.records().forEach(record -> expected.add(Event.typeOf(record)));
    expected.add("dead-letter");

    // When
    TreeSet<String> messages = new TreeSet<>();
    document.at("/components/messages").fieldNames().forEachRemaining(messages::add);
    TreeSet<String> ofChannels = new TreeSet<>();
    document
        .get("channels")
        .forEach(channel -> channel.get("messages").fieldNames().forEachRemaining(ofChannels::add));

    // Then
    assertThat(messages).isEqualTo(expected);
    assertThat(ofChannels).isEqualTo(expected);
  }

  @Test
  void itsShapeIsThatOfAsyncApi3() {
    assertThat(document.get("asyncapi").textValue()).isEqualTo("3.0.0");
    assertThat(document.at("/info/title").isTextual()).isTrue();
    assertThat(document.at("/info/version").isTextual()).isTrue();
    for (JsonNode channel : document.get("channels")) {
      assertThat(channel.get("address").isTextual()).isTrue();
      assertThat(channel.at("/bindings/kafka/partitions").isInt()).isTrue();
      boolean template = channel.get("address").textValue().contains("{");
      assertThat(channel.has("parameters")).isEqualTo(template);
    }
    for (JsonNode operation : document.get("operations")) {
      assertThat(operation.get("action").textValue()).isIn("send", "receive");
      assertThat(operation.at("/channel/$ref").textValue()).startsWith("#/channels/");
    }
  }

  @Test
  void everyMessagesExampleIsValidByItsSchema() throws IOException {
    for (JsonNode message : document.at("/components/messages")) {
      if (message.has("payload")) {
        // Given
        String type = message.get("name").textValue();

        // When
        var errors = SchemasTest.schema(type).validate(message.at("/examples/0/payload"));

        // Then
        assertThat(errors).as(type).isEmpty();
        assertThat(message.at("/examples/0/headers/ce_type").textValue()).isEqualTo(type);
      }
    }
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(Files.readString(DOCUMENT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
