package dev.greenstick.contracts.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void windowsMergedInAnyOrderAreTheHistogramOfAllTheirLatencies(long seed) {
    // Given
    Random random = new Random(seed);
    Histogram whole = LatencyHistogram.empty();
    List<String> windows = new ArrayList<>();
    for (int window = 0; window < 20; window++) {
      Histogram one = LatencyHistogram.empty();
      for (int i = random.nextInt(200); i > 0; i--) {
        long micros = (long) Math.exp(random.nextDouble() * 23);
        LatencyHistogram.record(one, micros);
        LatencyHistogram.record(whole, micros);
      }
      windows.add(LatencyHistogram.encode(one));
    }
    Collections.shuffle(windows, random);

    // When
    Histogram merged = LatencyHistogram.merge(windows);

    // Then
    assertThat(merged).isEqualTo(whole);
    assertThat(LatencyHistogram.encode(merged)).isEqualTo(LatencyHistogram.encode(whole));
    assertThat(LatencyHistogram.decode(LatencyHistogram.encode(whole))).isEqualTo(whole);
  }

  @Test
  void latenciesWrittenOneByOneAreTheHistogramOfThemByteForByte() {
    for (long seed = 0; seed < 2_000; seed++) {
      // Given
      Random random = new Random(seed);
      long[] micros = new long[random.nextInt(1 + random.nextInt(seed % 100 == 0 ? 20_000 : 100))];
      long magnitude = 1 + random.nextInt(26);
      for (int i = 0; i < micros.length; i++) {
        micros[i] = (long) Math.exp(random.nextDouble() * magnitude) - 2;
      }
      Histogram histogram = LatencyHistogram.empty();
      for (long each : micros) {
        LatencyHistogram.record(histogram, each);
      }

      // When
      String text = LatencyHistogram.encode(micros);

      // Then
      assertThat(text).as("seed %d", seed).isEqualTo(LatencyHistogram.encode(histogram));
    }
  }

  @Test
  void latenciesOutsideTheRangeCountAsItsEnds() {
    // Given
    Histogram histogram = LatencyHistogram.empty();

    // When
    LatencyHistogram.record(histogram, -5);
    LatencyHistogram.record(histogram, Long.MAX_VALUE);

    // Then
    assertThat(histogram.getTotalCount()).isEqualTo(2);
    assertThat(histogram.getMinValue()).isEqualTo(1);
    assertThat(
            histogram.valuesAreEquivalent(histogram.getMaxValue(), LatencyHistogram.LONGEST_MICROS))
        .isTrue();
  }

  @Test
  void nothingMergedIsAnEmptyHistogram() {
    // When
    Histogram merged = LatencyHistogram.merge(List.of());

    // Then
    assertThat(merged.getTotalCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "HISTFAAAAA=="})
  void whatIsNoHistogramIsRefusedAsSuch(String text) {
    assertThatThrownBy(() -> LatencyHistogram.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latency");
  }

  @Test
  void anotherPrecisionIsRefusedBecauseItWouldNotMergeExactly() {
    // Given
    Histogram other = new Histogram(1, LatencyHistogram.LONGEST_MICROS, 2);
    ByteBuffer buffer = ByteBuffer.allocate(other.getNeededByteBufferCapacity());
    int length = other.encodeIntoCompressedByteBuffer(buffer);
    String text = Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));

    // When, Then
    assertThatThrownBy(() -> LatencyHistogram.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 3 digits");
  }
}
