package dev.greenstick.contracts.health;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The form of {@link HealthWindow#latency()}: an HdrHistogram of microseconds with three
 * significant digits up to an hour, in HdrHistogram's compressed V2 encoding as base64. Histograms
 * add up exactly, so any percentile of any span of windows can be asked of their sum.
 */
public final class LatencyHistogram {

  /** The longest latency that is told apart, in microseconds: one hour; longer ones count as it. */
  public static final long LONGEST_MICROS = 3_600_000_000L;

  /** Significant decimal digits: the error of any figure is below a thousandth. */
  public static final int DIGITS = 3;

  /** What no encoded histogram is longer than; anything longer is refused unread. */
  static final int LONGEST_TEXT = 1 << 20;

  private static final ThreadLocal<SparseCounts> COUNTS =
      ThreadLocal.withInitial(SparseCounts::new);

  private static final ThreadLocal<LatencyWriter> WRITER =
      ThreadLocal.withInitial(LatencyWriter::new);

  private LatencyHistogram() {}

  /** An empty histogram; as all histograms here, for one thread at a time. */
  public static Histogram empty() {
    Histogram histogram = new Histogram(1, LONGEST_MICROS, DIGITS);
    histogram.setAutoResize(false);
    return histogram;
  }

  /** Counts one latency in microseconds: below 1 as 1, above {@link #LONGEST_MICROS} as that. */
  public static void record(Histogram histogram, long micros) {
    histogram.recordValue(inRange(micros));
  }

  private static long inRange(long micros) {
    return Math.max(1L, Math.min(micros, LONGEST_MICROS));
  }

  /** Writes a histogram; equal counts give equal text. The histogram is not changed. */
  public static String encode(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /**
   * Writes latencies in microseconds, in any order: the same text as of a histogram that {@link
   * #record recorded} them, for a hundredth of the memory.
   */
  public static String encode(long[] micros) {
    long[] sorted = new long[micros.length];
    for (int i = 0; i < micros.length; i++) {
      sorted[i] = inRange(micros[i]);
    }
    Arrays.sort(sorted);
    return WRITER.get().write(sorted);
  }

  /**
   * Reads a histogram.
   *
   * @throws IllegalArgumentException when the text is no such histogram
   */
  public static Histogram decode(String text) {
    Histogram histogram = empty();
    add(text, histogram);
    return histogram;
  }

  /**
   * Adds the counts of an encoded histogram to a sum, which is the same as decoding and adding it
   * and takes a hundredth of the memory.
   *
   * @throws IllegalArgumentException when the text is no such histogram; then nothing was added
   */
  public static void add(String text, Histogram sum) {
    read(text, List.of(sum));
  }

  /**
   * The same with several sums, for which the text is read once.
   *
   * @throws IllegalArgumentException when the text is no such histogram; then nothing was added
   */
  public static void add(String text, List<Histogram> sums) {
    read(text, sums);
  }

  /**
   * Looks whether a text is such a histogram.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static void check(String text) {
    read(text, List.of());
  }

  private static void read(String text, List<Histogram> sums) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "latency histogram has " + text.length() + " characters, more than any can have");
    }
    try {
      COUNTS.get().read(text, sums);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "latency is no base64 of a compressed V2 HdrHistogram: " + e.getMessage(), e);
    }
  }

  /**
   * The sum of encoded histograms, empty for none; their order does not matter.
   *
   * @throws IllegalArgumentException when one of them is no histogram
   */
  public static Histogram merge(Iterable<String> texts) {
    Histogram sum = empty();
    for (String text : texts) {
      add(text, sum);
    }
    return sum;
  }
}
