package dev.greenstick.contracts.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** HdrHistogram itself is the oracle. */
class SparseCountsTest {

  @Test
  void addingIsWhatHdrHistogramAdds() throws DataFormatException {
    for (long seed = 0; seed < 2_000; seed++) {
      // Given
      Random random = new Random(seed);
      Histogram expected = LatencyHistogram.empty();
      Histogram sum = LatencyHistogram.empty();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        Histogram one = LatencyHistogram.empty();
        int values = random.nextInt(60);
        for (int j = 0; j < values; j++) {
          one.recordValueWithCount(
              1 + (long) (random.nextDouble() * Math.pow(10, random.nextInt(10))) % 3_600_000_000L,
              1 + random.nextInt(1_000) * (long) random.nextInt(1_000));
        }
        String text = LatencyHistogram.encode(one);

        // When
        LatencyHistogram.add(text, sum);
        expected.add(
            Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(text)),
                LatencyHistogram.LONGEST_MICROS));
      }

      // Then
      assertThat(LatencyHistogram.encode(sum))
          .as("seed %d", seed)
          .isEqualTo(LatencyHistogram.encode(expected));
      assertThat(sum).as("seed %d", seed).isEqualTo(expected);
      assertThat(sum.getMaxValue()).as("seed %d", seed).isEqualTo(expected.getMaxValue());
      assertThat(sum.getMean()).as("seed %d", seed).isEqualTo(expected.getMean());
      assertThat(sum.getValueAtPercentile(99))
          .as("seed %d", seed)
          .isEqualTo(expected.getValueAtPercentile(99));
    }
  }

  @Test
  void whatIsHostileIsRefusedAndAddsNothing() {
    // Given
    Histogram sum = LatencyHistogram.empty();

    for (byte[] payload :
        new byte[][] {
          header(0x1c849313, 5, 1, LatencyHistogram.LONGEST_MICROS, 0),
          header(0x1c849313, 3, 1, Long.MAX_VALUE, 0),
          header(0x1c849313, 3, 1, LatencyHistogram.LONGEST_MICROS, Integer.MAX_VALUE),
          header(0x1c849313, 3, 2, LatencyHistogram.LONGEST_MICROS, 0),
          header(0x1c849301, 3, 1, LatencyHistogram.LONGEST_MICROS, 0),
          counts(2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
          counts(2, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
          counts(2, 0xff),
          new byte[50_000_000],
          new byte[3]
        }) {
      // When, Then
      String text = compressed(payload);
      assertThatThrownBy(() -> LatencyHistogram.add(text, sum))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("latency is no base64 of a compressed V2 HdrHistogram: it");
    }
    assertThat(sum.getTotalCount()).isZero();
  }

  private static byte[] header(int cookie, int digits, long lowest, long highest, int payload) {
    return ByteBuffer.allocate(40)
        .putInt(cookie)
        .putInt(payload)
        .putInt(0)
        .putInt(digits)
        .putLong(lowest)
        .putLong(highest)
        .putDouble(1)
        .array();
  }

  private static byte[] counts(int... counts) {
    ByteBuffer bytes =
        ByteBuffer.allocate(40 + counts.length)
            .put(header(0x1c849313, 3, 1, LatencyHistogram.LONGEST_MICROS, counts.length));
    for (int count : counts) {
      bytes.put((byte) count);
    }
    return bytes.array();
  }

  private static String compressed(byte[] payload) {
    Deflater deflater = new Deflater();
    deflater.setInput(payload);
    deflater.finish();
    byte[] out = new byte[1_000_000];
    int length = deflater.deflate(out);
    deflater.end();
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(8 + length)
                .putInt(0x1c849314)
                .putInt(length)
                .put(out, 0, length)
                .array());
  }
}
