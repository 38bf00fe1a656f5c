package dev.greenstick.contracts.health;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Writes latencies in HdrHistogram's compressed V2 encoding without making a histogram of them: an
 * empty one takes 180 KiB and its encoder as much again, and a second of a probe has a few dozen
 * latencies. The counterpart of {@link SparseCounts}. For one thread.
 */
final class LatencyWriter {

  private static final int COMPRESSED_HEADER = 8;
  private static final int HEADER = 40;

  /** A count, and the run of zeros before it, as ZigZag LEB128. */
  private static final int LONGEST_ENTRY = 2 * 9;

  private final Deflater deflater = new Deflater();
  private byte[] plain = new byte[1 << 10];
  private byte[] packed = new byte[1 << 10];
  private int at;

  /**
   * What {@link LatencyHistogram#encode(Histogram)} writes of a histogram that recorded the same.
   *
   * @param micros latencies from 1 to {@link LatencyHistogram#LONGEST_MICROS}, in ascending order
   */
  String write(long[] micros) {
    int most = HEADER + LONGEST_ENTRY * (micros.length + 1);
    if (plain.length < most) {
      plain = new byte[most];
    }
    at = HEADER;
    counts(micros);
    int payload = at - HEADER;
    at = 0;
    number(SparseCounts.COOKIE);
    number(payload);
    // The offset of the counts, which only shifted histograms have.
    number(0);
    number(LatencyHistogram.DIGITS);
    bigNumber(1);
    bigNumber(LatencyHistogram.LONGEST_MICROS);
    // The ratio that histograms of doubles have.
    bigNumber(Double.doubleToRawLongBits(1.0));
    return packed(HEADER + payload);
  }

  private void counts(long[] micros) {
    int next = 0;
    int index = 0;
    while (next < micros.length) {
      int own = SparseCounts.index(micros[next]);
      int count = 0;
      while (next < micros.length && SparseCounts.index(micros[next]) == own) {
        count++;
        next++;
      }
      zeros(own - index);
      zigZag(count);
      index = own + 1;
    }
    if (index == 0) {
      // HdrHistogram writes the first count whatever it is.
      zeros(1);
    }
  }

  private void zeros(int run) {
    if (run > 0) {
      // A lone zero is a count; a longer run is its negative length.
      zigZag(run == 1 ? 0 : -run);
    }
  }

  /** ZigZag LEB128, of numbers so small that they never take the ninth byte. */
  private void zigZag(long number) {
    long bits = number << 1 ^ number >> 63;
    while ((bits & ~0x7fL) != 0) {
      plain[at++] = (byte) (bits & 0x7f | 0x80);
      bits >>>= 7;
    }
    plain[at++] = (byte) bits;
  }

  private void number(int number) {
    at = number(plain, at, number);
  }

  private static int number(byte[] into, int at, int number) {
    into[at] = (byte) (number >> 24);
    into[at + 1] = (byte) (number >> 16);
    into[at + 2] = (byte) (number >> 8);
    into[at + 3] = (byte) number;
    return at + 4;
  }

  private void bigNumber(long number) {
    number((int) (number >> 32));
    number((int) number);
  }

  private String packed(int length) {
    deflater.reset();
    deflater.setInput(plain, 0, length);
    deflater.finish();
    int end = COMPRESSED_HEADER;
    while (!deflater.finished()) {
      if (end == packed.length) {
        packed = Arrays.copyOf(packed, 2 * end);
      }
      end += deflater.deflate(packed, end, packed.length - end);
    }
    int lengthAt = number(packed, 0, SparseCounts.COMPRESSED_COOKIE);
    number(packed, lengthAt, end - COMPRESSED_HEADER);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(packed, end));
  }
}
