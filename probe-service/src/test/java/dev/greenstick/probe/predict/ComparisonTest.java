package dev.greenstick.probe.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.greenstick.contracts.experiment.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Comparison COMPARISON = new Comparison(Map.of());
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static ArrayNode rows(double[] values) {
    ArrayNode rows = NODES.arrayNode();
    for (double value : values) {
      rows.add(NODES.arrayNode().add(value));
    }
    return rows;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onlyWhatLiesWithinTheToleranceIsEqualAndTheOrderOfComparingIsNoMatter(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles(1 + random.nextInt(8), -1e6, 1e6).toArray();
    int at = random.nextInt(values.length);
    double[] near = values.clone();
    near[at] = values[at] * (1 + Tolerance.DEFAULT_RELATIVE * random.nextDouble(-0.9, 0.9));
    double[] far = values.clone();
    far[at] = values[at] * (1 + Tolerance.DEFAULT_RELATIVE * random.nextDouble(1.1, 100));
    double[] none = values.clone();
    none[at] = Double.NaN;
    JsonNode expected = rows(values);

    // Then
    assertThat(COMPARISON.difference(expected, expected)).isEmpty();
    assertThat(COMPARISON.difference(expected, rows(near))).isEmpty();
    assertThat(COMPARISON.difference(rows(near), expected)).isEmpty();
    assertThat(COMPARISON.difference(expected, rows(far)).orElseThrow())
        .startsWith("prediction[" + at + "][0] is ");
    assertThat(COMPARISON.difference(rows(far), expected)).isPresent();
    assertThat(COMPARISON.difference(expected, rows(none))).isPresent();
    assertThat(COMPARISON.difference(expected, expected.get(0))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // expected | actual | absolute | relative | nan | text | difference
        "1.0 | 1.05 | 0.1 | | | | ",
        "1.0 | 1.2 | 0.1 | | | | prediction is 1.2, expected 1.0",
        "100 | 101 | | | | | prediction is 101, expected 100",
        "100 | 101 | | 0.01 | | | ",
        "100 | 101 | 1 | | | | ",
        "1000000.5 | 1000001.0 | 0.0 | | | | prediction is 1000001.0, expected 1000000.5",
        "[NaN] | [NaN] | | | EQUAL | | ",
        "[NaN] | [NaN] | | | UNEQUAL | | prediction[0] is NaN, expected NaN",
        "[NaN] | [NaN] | | | | | prediction[0] is NaN, expected NaN",
        "[\"NaN\"] | [NaN] | | | EQUAL | | ",
        "[\"NaN\"] | [1] | | | EQUAL | | prediction[0] is 1, expected \"NaN\"",
        "[1] | [NaN] | 10 | 10 | EQUAL | | prediction[0] is NaN, expected 1",
        "[\"Infinity\"] | [Infinity] | | | | | ",
        "[\"Infinity\"] | [-Infinity] | 1 | 1 | | | prediction[0] is -Infinity, expected \"Infinity\"",
        "[-Infinity] | [-Infinity] | | | | | ",
        "[1e300] | [Infinity] | 1e300 | 1 | | | prediction[0] is Infinity, expected 1.0E300",
        "\"cat\" | \"a cat sat\" | | | | CONTAINS | ",
        "\"dog\" | \"a cat sat\" | | | | CONTAINS | prediction is \"a cat sat\", expected something with \"dog\"",
        "\"^a .*t$\" | \"a cat sat\" | | | | PATTERN | ",
        "\"^cat\" | \"a cat sat\" | | | | PATTERN | prediction is \"a cat sat\", expected something like \"^cat\"",
        "\"cat\" | \"a cat sat\" | | | | EQUAL | prediction is \"a cat sat\", expected \"cat\"",
        "1 | true | 1 | 1 | | | prediction is true, expected 1",
        "null | null | | | | | ",
        "[[1,2]] | [1,2] | | | | | prediction has 2 elements, expected 1",
        "[{\"a\":1}] | [{\"a\":1,\"b\":2}] | | | | | prediction[0].b is not expected",
        "[{\"a\":1}] | [{\"b\":2}] | | | | | prediction[0].a is missing",
      })
  void aToleranceSaysWhatIsEqual(
      String expected,
      String actual,
      Double absolute,
      Double relative,
      Tolerance.Nan nan,
      Tolerance.Text text,
      String difference)
      throws Exception {
    // Given
    Comparison comparison =
        new Comparison(Map.of("*", new Tolerance(absolute, relative, nan, text, null)));

    // When
    Optional<String> found = comparison.difference(JSON.readTree(expected), JSON.readTree(actual));

    // Then
    assertThat(found).isEqualTo(Optional.ofNullable(difference));
  }

  @Test
  void eachOutputHasItsOwnToleranceAndOutputsThatNothingIsExpectedOfAreNotCompared()
      throws Exception {
    // Given
    Comparison comparison =
        new Comparison(
            Map.of(
                "score", new Tolerance(0.1, null, null, null, null),
                "text", new Tolerance(null, null, null, Tolerance.Text.CONTAINS, null)));
    String actual = "{\"score\":[0.55],\"text\":\"say hello\",\"seconds\":0.1}";

    // When, Then
    assertThat(difference(comparison, "{\"score\":[0.5],\"text\":\"hello\"}", actual)).isEmpty();
    assertThat(difference(comparison, "{\"score\":[0.4]}", actual))
        .contains("score[0] is 0.55, expected 0.4");
    assertThat(difference(comparison, "{\"seconds\":0.2}", actual))
        .contains("seconds is 0.1, expected 0.2");
    assertThat(difference(comparison, "{\"rank\":1}", actual))
        .contains("output rank is missing among [score, text, seconds]");
  }

  private static Optional<String> difference(Comparison comparison, String one, String other)
      throws Exception {
    return comparison.difference(JSON.readTree(one), JSON.readTree(other));
  }

  @Test
  @Timeout(10)
  void aPatternThatBacktrackingWouldNeverEndIsAnsweredAtOnce() {
    // Given
    Comparison comparison =
        new Comparison(Map.of("*", new Tolerance(null, null, null, Tolerance.Text.PATTERN, null)));
    JsonNode evil = NODES.textNode("^(a+)+$");
    JsonNode text = NODES.textNode("a".repeat(100_000) + "b");

    // When
    Optional<String> difference = comparison.difference(evil, text);

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void wholeNumbersAreLabelsWhereTheToleranceSaysSo() throws Exception {
    // Given
    Comparison comparison =
        new Comparison(Map.of("class", new Tolerance(null, null, null, null, true)));

    // When
    List<String> labels =
        comparison.numericLabels(JSON.readTree("{\"class\":[[2],[0]],\"score\":[1]}"));

    // Then
    assertThat(labels).containsExactly("2", "0");
  }
}
