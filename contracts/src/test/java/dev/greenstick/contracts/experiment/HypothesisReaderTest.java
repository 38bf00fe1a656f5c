package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.HypothesisReader.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypothesisReaderTest {

  @Test
  void assertionsAreReadByThemselvesInYamlAndJson() {
    for (String text :
        List.of("assertions:\n  - run.count > 1\n", "{\"assertions\":[\"run.count > 1\"]}")) {
      // When
      Reading reading = HypothesisReader.read(text);

      // Then
      assertThat(reading)
          .isEqualTo(
              new Reading.Valid(new Hypothesis(List.of(), List.of("run.count > 1"), List.of())));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{}'                        | assertions   | is missing; write a list",
        "'assertions: []'            | assertions   | must hold at least one",
        "'assertions: x'             | assertions   | must be a list",
        "'assertions: [1]'           | assertions[0] | ''",
        "'assertion: [a]'            | assertion    | ''",
        "'assertions: [a'            | ''           | is no YAML: expected ',' or ']'",
        "''                          | ''           | is empty"
      })
  void whatIsWrongIsToldWithItsPlace(String text, String path, String message) {
    // When
    Reading reading = HypothesisReader.read(text);

    // Then
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    List<Problem> problems = ((Reading.Invalid) reading).problems();
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.message()).contains(message);
            });
  }
}
