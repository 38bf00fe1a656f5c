package dev.greenstick.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.ExperimentReader;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.experiment.Experiments;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An editor must say nothing against what the scheduler takes, and something against the rest. */
class EditorSchemaTest {

  private static final int EXPERIMENTS = 15;

  private final Schema schema = schema();

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Json.mapper().readTree(Files.readString(Published.EDITOR_SCHEMA)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean complains(JsonNode document) {
    return !schema.validate(document).isEmpty();
  }

  private static boolean isTaken(JsonNode document) {
    return ExperimentReader.read(document.toString()) instanceof Reading.Valid;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void whateverAReaderTakesTheSchemaTakesWithAnyFieldLeftOut(long seed) {
    // Given
    Experiments experiments = new Experiments(seed);
    int taken = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      JsonNode document = Json.mapper().valueToTree(experiments.next());
      assertThat(schema.validate(document)).as("seed %d, experiment %d", seed, i).isEmpty();
      for (JsonNode less : changed(document, (object, name) -> object.remove(name))) {

        // When
        boolean isTaken = isTaken(less);

        // Then
        if (isTaken) {
          taken++;
          assertThat(schema.validate(less)).as("seed %d: %s", seed, less).isEmpty();
        }
      }
    }
    assertThat(taken).isGreaterThan(EXPERIMENTS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 4})
  void whereAReaderKnowsNoOtherFieldNeitherDoesTheSchema(long seed) {
    // Given
    Experiments experiments = new Experiments(seed);
    int refused = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      JsonNode document = Json.mapper().valueToTree(experiments.next());
      List<JsonNode> more =
          changed(document, (object, name) -> object.set(name + "X", object.remove(name)));
      for (JsonNode misspelt : more) {

        // When
        boolean isKnown =
            !(ExperimentReader.read(misspelt.toString()) instanceof Reading.Invalid invalid)
                || invalid.problems().stream()
                    .noneMatch(
                        problem ->
                            problem.message().startsWith("is no known field")
                                && !problem.path().contains(".chaosMesh.spec."));

        // Then
        if (!isKnown) {
          refused++;
          assertThat(complains(misspelt)).as("seed %d: %s", seed, misspelt).isTrue();
        }
      }
    }
    assertThat(refused).isGreaterThan(EXPERIMENTS);
  }

  @Test
  void whatIsMissingFromTheLeastDocumentTheSchemaMissesToo() throws IOException {
    // Given
    JsonNode least = new YAMLMapper().readTree(Examples.DOCUMENT);
    assertThat(complains(least)).isFalse();
    List<String> onlyReadersMiss = new ArrayList<>();

    // When
    for (JsonNode less : changed(least, (object, name) -> object.remove(name))) {
      if (!isTaken(less) && !complains(less)) {
        ((Reading.Invalid) ExperimentReader.read(less.toString()))
            .problems()
            .forEach(problem -> onlyReadersMiss.add(problem.path()));
      }
    }

    // Then
    assertThat(onlyReadersMiss)
        .as("what is needed for some protocols, or beside others, readers alone say")
        .allMatch(
            path ->
                path.startsWith("spec.probes[0].model")
                    || path.startsWith("spec.probes[0].requests")
                    || path.endsWith(".selector"));
  }

  @Test
  void whatReadersTakeInAnotherFormTheSchemaTakesToo() throws IOException {
    // Given
    JsonNode document =
        new YAMLMapper()
            .readTree(
                "$schema: experiment.schema.json\n"
                    + Examples.DOCUMENT
                        .replace("\"mode\":\"one\"", "\"mode\":\"fixed\",\"value\":2")
                        .replace(
                            "    model: crescents",
                            "    model: crescents\n"
                                + "      arrivals: {poisson: {seed: -1}}\n"
                                + "      connection: {headers: {X-Team: vision}}")
                    + "  recovery: 0\n");

    // When, Then
    assertThat(isTaken(document)).isTrue();
    assertThat(schema.validate(document)).isEmpty();
  }

  /** The document with each field of each object changed in turn. */
  private static List<JsonNode> changed(JsonNode document, BiConsumer<ObjectNode, String> change) {
    List<JsonNode> all = new ArrayList<>();
    for (String pointer : objects(document, "")) {
      List<String> names = new ArrayList<>();
      document.at(pointer).fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode copy = document.deepCopy();
        change.accept((ObjectNode) copy.at(pointer), name);
        all.add(copy);
      }
    }
    return all;
  }

  private static List<String> objects(JsonNode node, String pointer) {
    List<String> found = new ArrayList<>();
    if (node.isObject()) {
      found.add(pointer);
      node.properties()
          .forEach(
              field ->
                  found.addAll(
                      objects(
                          field.getValue(),
                          pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"))));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      found.addAll(objects(node.get(i), pointer + "/" + i));
    }
    return found;
  }
}
