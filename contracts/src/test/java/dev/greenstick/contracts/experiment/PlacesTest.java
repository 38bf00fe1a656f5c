package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.experiment.Places.Place;
import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final String DOCUMENT =
      """
      # how the places of texts come about
      spec:
        hypothesis:
          assertions:
            - fault.availability > 0.9
            - 'fault.errorRate < 0.1'
            - "fault.count > 5"
            - |
              fault.count > 5 &&
              fault.errorRate < 1
            - >
              fault.count
              > 5
            - "fault.count \\u003e 5"
      """;

  private final Places places = Places.of(DOCUMENT);

  @Test
  void aPlaceInATextIsAPlaceInTheDocument() {
    assertThat(places.within("spec.hypothesis.assertions[0]", 1, 7)).contains(new Place(5, 15));
    assertThat(places.within("spec.hypothesis.assertions[1]", 1, 7)).contains(new Place(6, 16));
    assertThat(places.within("spec.hypothesis.assertions[2]", 1, 7)).contains(new Place(7, 16));
    assertThat(places.within("spec.hypothesis.assertions[3]", 2, 7)).contains(new Place(10, 15));
  }

  @Test
  void aTextThatIsWrittenOtherwiseIsPlacedWhereItBegins() {
    assertThat(places.within("spec.hypothesis.assertions[4]", 1, 13)).contains(new Place(11, 9));
    assertThat(places.within("spec.hypothesis.assertions[5]", 1, 13)).contains(new Place(14, 9));
  }

  @Test
  void whatIsNotThereHasNoPlace() {
    assertThat(places.within("spec.hypothesis.assertions[6]", 1, 1)).isEmpty();
    assertThat(Places.UNKNOWN.within("spec", 1, 1)).isEmpty();
    assertThat(Places.of("a: [").within("a", 1, 1)).isEmpty();
  }

  @Test
  void whateverTheTextTheCharacterIsTheOneThatIsMeant() {
    for (long seed = 0; seed < 300; seed++) {
      // Given
      Random random = new Random(seed);
      String text = "fault.count > " + random.nextInt(1_000_000);
      String indent = " ".repeat(random.nextInt(7));
      String quote = List.of("", "'", "\"").get(random.nextInt(3));
      String document =
          "# x\n".repeat(random.nextInt(4)) + "a:\n" + indent + "- " + quote + text + quote;
      int column = 1 + random.nextInt(text.length());

      // When
      Place place = Places.of(document).within("a[0]", 1, column).orElseThrow();

      // Then
      assertThat(document.lines().toList().get(place.line() - 1).charAt(place.column() - 1))
          .as("seed %d", seed)
          .isEqualTo(text.charAt(column - 1));
    }
  }

  @Test
  void aProblemOfAnAssertionSaysWhereInTheDocumentItIs() {
    // Given
    String document =
        """
        apiVersion: greenstick.dev/v1
        kind: Experiment
        metadata: {name: places}
        spec:
          clusters: [local]
          probes:
            - {name: model, protocol: open-inference-v2, url: "http://127.0.0.1:1", model: m, rate: 5,
               requests: [{inputs: [{name: x, shape: [1], datatype: FP32, data: [1]}]}]}
          hypothesis:
            steadyState:
              - baseline.availability > 0.9
            assertions:
              - steps['kil'].availability >= 99%
          steps:
            - name: kill
              branches:
                - actions:
                    - podChaos: {action: pod-kill, mode: one, selector: {namespaces: [default]}}
        """;

    // When
    Reading reading = ExperimentReader.read(document);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    List<Problem> problems =
        HypothesisLanguage.check(((Reading.Valid) reading).experiment(), Places.of(document));

    // Then
    assertThat(problems)
        .containsExactly(
            new Problem(
                "spec.hypothesis.assertions[0]",
                "line 1, column 1: there is no step kil; did you mean steps['kill']?",
                13,
                9));
    assertThat(problems.get(0).toString())
        .endsWith("steps['kill']? (line 13, column 9 of the document)");
  }
}
