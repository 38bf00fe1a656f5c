package dev.greenstick.command.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoExperimentTest {

  private static final URI MODEL = URI.create("http://127.0.0.1:12345");
  private static final String VERBATIM =
      "{\"action\":\"pod-failure\",\"mode\":\"one\",\"duration\":\"30s\",\"selector\":{\"namespaces\":[\"default\"]}}";

  static DemoExperiment builtIn() throws IOException, CouldNotRun {
    try (var text = DemoExperiment.class.getResourceAsStream("/dev/greenstick/command/demo.yaml")) {
      return DemoExperiment.read(
          "The built-in experiment", new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static PodChaos fault(Experiment experiment) {
    return (PodChaos)
        experiment.spec().steps().getFirst().branches().getFirst().actions().getFirst();
  }

  @Test
  void theBuiltInExperimentIsValidAndItsFaultVerbatim() throws Exception {
    // Given
    var experiment = builtIn().filledIn(MODEL);

    // When
    var valid = experiment.valid();

    // Then
    assertThat(valid.spec().clusters()).containsExactly(DemoExperiment.CLUSTER);
    assertThat(valid.spec().probes().getFirst().url()).isEqualTo(MODEL);
    assertThat(experiment.text()).contains(VERBATIM);
    assertThat(DemoExperiment.namespaces(valid)).containsExactly("default");
  }

  @Test
  void whatTheUserChoseIsPutIn() throws Exception {
    // Given
    JsonNode kill =
        Json.mapper()
            .readTree(
                "{\"action\":\"pod-kill\",\"mode\":\"all\",\"selector\":{\"namespaces\":[\"empty\"]}}");

    // When
    var valid =
        builtIn()
            .withFault(kill)
            .withBaseline(Duration.ofSeconds(7))
            .withDuration(Duration.ofSeconds(9))
            .filledIn(MODEL)
            .valid();

    // Then
    assertThat(valid.spec().baseline()).isEqualTo(Duration.ofSeconds(7));
    assertThat(fault(valid).action()).isEqualTo(PodChaos.PodAction.POD_KILL);
    assertThat(fault(valid).duration()).isEqualTo(Duration.ofSeconds(9));
    assertThat(DemoExperiment.namespaces(valid)).containsExactly("empty");
    assertThat(DemoExperiment.length(valid)).isEqualTo(Duration.ofSeconds(7 + 9 + 15));
  }

  @Test
  void aModelWhoseRightAnswersNobodyKnowsIsNotJudgedByThem() throws Exception {
    // Given
    var metadata =
        Json.mapper()
            .readTree("{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]}");

    // When
    var valid =
        builtIn()
            .asking(MODEL, "iris")
            .sending(Metadata.request("iris", metadata))
            .withoutCorrectness()
            .withNamespace("shop")
            .filledIn(URI.create("http://unused"))
            .valid();

    // Then
    var probe = valid.spec().probes().getFirst();
    assertThat(probe.model()).isEqualTo("iris");
    assertThat(probe.url()).isEqualTo(MODEL);
    assertThat(probe.requests().getFirst().inputs())
        .hasToString("[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[0,0]}]");
    assertThat(valid.spec().hypothesis().assertions())
        .noneMatch(text -> text.contains("correctness"));
    assertThat(valid.spec().hypothesis().steadyState())
        .noneMatch(text -> text.contains("correctness"));
    assertThat(DemoExperiment.namespaces(valid)).containsExactly("shop");
  }

  @Test
  void anExperimentForOtherClustersIsRefused() throws Exception {
    // Given
    var experiment = builtIn();
    experiment.document().withObject("/spec").putArray("clusters").add("eu-1");

    // When / Then
    assertThatThrownBy(experiment.filledIn(MODEL)::valid)
        .isInstanceOf(CouldNotRun.class)
        .hasMessage(
            "The built-in experiment is for eu-1, and the demo has one cluster: leave spec.clusters out or write [local]");
  }

  @Test
  void whatIsNoExperimentIsRefusedInOneLine() {
    // When / Then
    assertThatThrownBy(() -> DemoExperiment.read("x.yaml", "[1, 2"))
        .isInstanceOf(CouldNotRun.class)
        .hasMessageStartingWith("x.yaml is neither YAML nor JSON: ");
    assertThatThrownBy(() -> DemoExperiment.read("x.yaml", "[1, 2]"))
        .hasMessageStartingWith("x.yaml holds no experiment");
  }

  @Test
  void aModelThatTakesTextNeedsRequests() throws Exception {
    // Given
    var metadata =
        Json.mapper()
            .readTree("{\"inputs\":[{\"name\":\"q\",\"datatype\":\"BYTES\",\"shape\":[1]}]}");

    // When / Then
    assertThatThrownBy(() -> Metadata.request("chat", metadata))
        .isInstanceOf(CouldNotRun.class)
        .hasMessageContaining("--requests FILE");
  }
}
