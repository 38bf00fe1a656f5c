package dev.greenstick.contracts.published;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.greenstick.contracts.AllTypes;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Everything that is published, by its path in the module: what the checked-in files must be. */
final class Published {

  static final Path RESOURCES = Path.of("src/main/resources/dev/greenstick/contracts");
  static final Path EDITOR_SCHEMA = RESOURCES.resolve("experiment.schema.json");
  static final String TABLE_BEGIN = "<!-- topics and types: written by PublishedTest -->\n";
  static final String TABLE_END = "<!-- end of topics and types -->\n";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private Published() {}

  /** Path to content of every generated file. */
  static Map<Path, String> files() {
    Javadoc javadoc = Javadoc.of(Path.of("src/main/java"));
    Schemas schemas = new Schemas(javadoc);
    Map<Path, String> files = new TreeMap<>();
    for (Class<?> type : AllTypes.records()) {
      files.put(schema(Event.typeOf(type)), pretty(schemas.of(type)));
    }
    files.put(EDITOR_SCHEMA, pretty(EditorSchema.of(new Schemas(javadoc))));
    for (Event<?> event : Examples.events()) {
      files.put(example(event.type()), pretty(Json.mapper().valueToTree(event.data())));
    }
    try {
      files.put(
          RESOURCES.resolve("asyncapi.yaml"),
          YAML.writeValueAsString(new AsyncApi(javadoc).document()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static Path schema(String type) {
    return RESOURCES.resolve("schemas").resolve(type + ".json");
  }

  static Path example(String type) {
    return RESOURCES.resolve("examples").resolve(type + ".json");
  }

  /** The table of the README, in Markdown. */
  static String table() {
    Javadoc javadoc = Javadoc.of(Path.of("src/main/java"));
    StringBuilder table = new StringBuilder("| topic | key | written by | partitions | kept |\n");
    table.append("|---|---|---|---|---|\n");
    for (Topic<?> topic : AllTypes.topics()) {
      table.append(
          "| `%s` | %s | %s | %d | %s |\n"
              .formatted(
                  AsyncApi.address(topic).replace("{cluster}", "<cluster>"),
                  AsyncApi.key(topic),
                  AsyncApi.writers(topic),
                  topic.partitions(),
                  topic.cleanup() == Topic.Cleanup.COMPACT ? "the last of each key" : "all"));
    }
    table.append(
        "| `%s` | the original key | every service | %d | all |\n\n"
            .formatted(Topics.DEAD_LETTERS, Topics.DEAD_LETTER_PARTITIONS));
    table.append("| topic | type | record | says |\n|---|---|---|---|\n");
    for (Topic<?> topic : AllTypes.topics()) {
      for (Class<?> type : topic.types()) {
        table.append(
            "| %s | `%s` | `%s` | %s |\n"
                .formatted(
                    AsyncApi.id(topic),
                    Event.typeOf(type),
                    type.getName().substring("dev.greenstick.contracts.".length()),
                    javadoc.about(type).orElseThrow()));
      }
    }
    return table.toString();
  }

  private static String pretty(JsonNode tree) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return Json.mapper().writer(printer).writeValueAsString(tree) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
