package dev.greenstick.probe.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructureTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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
    near[at] = values[at] * (1 + Expectation.RELATIVE_TOLERANCE * random.nextDouble(-0.9, 0.9));
    double[] far = values.clone();
    far[at] = values[at] * (1 + Expectation.RELATIVE_TOLERANCE * random.nextDouble(1.1, 100));
    double[] none = values.clone();
    none[at] = Double.NaN;
    JsonNode expected = rows(values);

    // Then
    assertThat(Structure.difference("y", expected, expected)).isEmpty();
    assertThat(Structure.difference("y", expected, rows(near))).isEmpty();
    assertThat(Structure.difference("y", rows(near), expected)).isEmpty();
    assertThat(Structure.difference("y", expected, rows(far)).orElseThrow())
        .startsWith("y[" + at + "][0] is ");
    assertThat(Structure.difference("y", rows(far), expected)).isPresent();
    assertThat(Structure.difference("y", expected, rows(none))).isPresent();
    assertThat(Structure.difference("y", expected, expected.get(0))).isPresent();
  }
}
