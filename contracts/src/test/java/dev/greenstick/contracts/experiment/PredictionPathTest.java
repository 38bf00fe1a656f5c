package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionPathTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String DOCUMENT =
      "{\"a\":{\"b\":[1,{\"c\":\"x\"},{\"c\":\"y\"}],\"d e\":true},\"n\":null}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$ | {\"a\":{\"b\":[1,{\"c\":\"x\"},{\"c\":\"y\"}],\"d e\":true},\"n\":null}",
        "$.a.b[0] | 1",
        "$.a.b[-1].c | \"y\"",
        "$['a'][\"d e\"] | true",
        "$.a.b[*].c | [\"x\",\"y\"]",
        "$.a.* | [[1,{\"c\":\"x\"},{\"c\":\"y\"}],true]",
        "$.n | null",
        "$.a.b[3] |",
        "$.a.b[-4] |",
        "$.a.b.c |",
        "$.b[0] |",
        "$.a.b[*].d |",
      })
  void whatIsThereIsFound(String path, String found) throws Exception {
    // When
    JsonNode node = PredictionPath.of(path).in(JSON.readTree(DOCUMENT)).orElse(null);

    // Then
    assertThat(node).isEqualTo(found == null ? null : JSON.readTree(found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        ".a",
        "$a",
        "$.",
        "$..a",
        "$[a]",
        "$[1",
        "$[1:2]",
        "$[?(@.a)]",
        "$.a b",
        "$['a]"
      })
  void whatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> PredictionPath.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
