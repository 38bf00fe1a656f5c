package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.wire.Json;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as JSON or YAML is read again as it was; what is scribbled on never throws. */
class RoundTripTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void anExperimentIsReadAsItWasWritten(long seed) throws Exception {
    // Given
    Experiments experiments = new Experiments(seed);
    for (int i = 0; i < 500; i++) {
      Experiment experiment = experiments.next();
      String json = Json.text(experiment);
      String yaml = YAML.writeValueAsString(Json.mapper().valueToTree(experiment));

      // When
      ExperimentReader.Reading fromJson = ExperimentReader.read(json);
      ExperimentReader.Reading fromYaml = ExperimentReader.read(yaml);

      // Then
      assertThat(fromJson)
          .as("seed %d, experiment %d", seed, i)
          .isEqualTo(new ExperimentReader.Reading.Valid(experiment));
      assertThat(fromYaml)
          .as("seed %d, experiment %d, YAML", seed, i)
          .isEqualTo(new ExperimentReader.Reading.Valid(experiment));
      assertThat(Json.mapper().readValue(json, Experiment.class)).isEqualTo(experiment);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void aSpecIsReadAsItWasWritten(long seed) {
    // Given
    Experiments experiments = new Experiments(seed);
    for (int i = 0; i < 2_000; i++) {
      PodChaos spec = experiments.podChaos();
      String json = Json.mapper().valueToTree(spec).get("podChaos").toString();

      // When
      PodChaosReader.Reading reading = PodChaosReader.read(json);

      // Then
      assertThat(reading)
          .as("seed %d, spec %d", seed, i)
          .isEqualTo(new PodChaosReader.Reading.Valid(spec));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void aScribbledDocumentIsReadOrHasProblems(long seed) {
    // Given
    Random random = new Random(seed);
    String noise = "\"'[]{},:-#&*!|>%@`\n\t \u0000\u00e9\ud83d0a~?";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder document =
          new StringBuilder(
              random.nextBoolean() ? Examples.DOCUMENT : Json.text(Examples.experiment()));
      for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
        int at = random.nextInt(document.length());
        if (random.nextBoolean()) {
          document.setCharAt(at, noise.charAt(random.nextInt(noise.length())));
        } else {
          document.delete(at, Math.min(document.length(), at + random.nextInt(30)));
        }
      }

      // When
      ExperimentReader.Reading reading = ExperimentReader.read(document.toString());

      // Then
      if (reading instanceof ExperimentReader.Reading.Invalid invalid) {
        assertThat(invalid.problems())
            .as("seed %d, document %d", seed, i)
            .isNotEmpty()
            .allMatch(problem -> !problem.message().isBlank());
      }
    }
  }
}
