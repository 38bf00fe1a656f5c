package dev.greenstick.contracts.health;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Reads HdrHistogram's compressed V2 encoding without making a histogram of it: an empty one with
 * three digits up to an hour takes 180 KiB, and a window's has a few dozen counts. What a header
 * claims is checked before anything is made for it. For one thread.
 */
final class SparseCounts {

  static final int COMPRESSED_COOKIE = 0x1c849314;
  static final int COOKIE = 0x1c849313;
  private static final int COMPRESSED_HEADER = 8;
  private static final int HEADER = 40;

  /** Half the counts of a bucket: three digits take 2048, and half of them are the one before's. */
  private static final int HALF_MAGNITUDE = 10;

  private static final int HALF = 1 << HALF_MAGNITUDE;

  /** How many counts there can be: 23 buckets up to an hour of microseconds. */
  private static final int MOST_COUNTS = 23 * HALF;

  private static final int LONGEST_NUMBER = 9;

  /** Longer than any payload: what is more is no histogram. */
  private static final int LONGEST = HEADER + MOST_COUNTS * LONGEST_NUMBER;

  /** More than any run can count: a million such sums stay below what a number holds. */
  private static final long MOST = 1_000_000_000_000L;

  private final Inflater inflater = new Inflater();
  private byte[] bytes = new byte[4 * HALF];
  private int at;
  private int end;

  /**
   * Reads a text.
   *
   * @param sums where the counts are added; none to look only whether they can be read. When the
   *     text cannot be read nothing is added.
   * @throws IllegalArgumentException when the text is no such histogram
   */
  void read(String text, List<Histogram> sums) {
    byte[] compressed;
    try {
      compressed = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is no base64: " + e.getMessage(), e);
    }
    inflate(compressed);
    header();
    int counts = at;
    walk(List.of());
    if (!sums.isEmpty()) {
      at = counts;
      walk(sums);
    }
  }

  private void inflate(byte[] compressed) {
    if (compressed.length < COMPRESSED_HEADER || number(compressed, 0) != COMPRESSED_COOKIE) {
      throw new IllegalArgumentException("it does not begin as such a histogram does");
    }
    int length = number(compressed, 4);
    if (length < 0 || length > compressed.length - COMPRESSED_HEADER) {
      throw new IllegalArgumentException("it is shorter than it says");
    }
    inflater.reset();
    inflater.setInput(compressed, COMPRESSED_HEADER, length);
    at = 0;
    end = 0;
    try {
      while (!inflater.finished()) {
        int more = inflater.inflate(bytes, end, bytes.length - end);
        end += more;
        if (end > LONGEST) {
          throw new IllegalArgumentException("it holds more than any histogram");
        }
        if (end == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * end);
        } else if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IllegalArgumentException("it ends too early");
        }
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("it is not compressed: " + e.getMessage(), e);
    }
  }

  private void header() {
    if (end < HEADER || number(bytes, 0) != COOKIE) {
      throw new IllegalArgumentException("it is not in the V2 encoding");
    }
    int payload = number(bytes, 4);
    if (payload < 0 || payload > end - HEADER) {
      throw new IllegalArgumentException("its counts are shorter than it says");
    }
    int digits = number(bytes, 12);
    long lowest = (long) number(bytes, 16) << 32 | number(bytes, 20) & 0xffff_ffffL;
    long highest = (long) number(bytes, 24) << 32 | number(bytes, 28) & 0xffff_ffffL;
    if (digits != LatencyHistogram.DIGITS
        || highest != LatencyHistogram.LONGEST_MICROS
        || lowest != 1
        || number(bytes, 8) != 0) {
      throw new IllegalArgumentException(
          "it must have %d digits from 1 to %d microseconds, but has %d from %d to %d"
              .formatted(
                  LatencyHistogram.DIGITS,
                  LatencyHistogram.LONGEST_MICROS,
                  digits,
                  lowest,
                  highest));
    }
    at = HEADER;
    end = HEADER + payload;
  }

  private void walk(List<Histogram> sums) {
    int index = 0;
    long total = 0;
    while (at < end) {
      long count = zigZag();
      if (count < 0) {
        if (count < -MOST_COUNTS) {
          throw new IllegalArgumentException("it skips more counts than there are");
        }
        index += (int) -count;
      } else {
        if (count > 0 && (index >= MOST_COUNTS || (total += count) > MOST || total < 0)) {
          throw new IllegalArgumentException("it has counts where there can be none, or too many");
        }
        if (count > 0) {
          for (int i = 0; i < sums.size(); i++) {
            sums.get(i).recordValueWithCount(value(index), count);
          }
        }
        index++;
      }
      if (index > MOST_COUNTS) {
        throw new IllegalArgumentException("it has more counts than there are");
      }
    }
  }

  /** The lowest value that counts at an index, as HdrHistogram lays its counts out. */
  private static long value(int index) {
    int bucket = (index >> HALF_MAGNITUDE) - 1;
    int within = (index & HALF - 1) + HALF;
    return bucket < 0 ? within - HALF : (long) within << bucket;
  }

  /** The index that a value counts at; the inverse of {@link #value}. */
  static int index(long value) {
    int bucket = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - HALF_MAGNITUDE - 1);
    return (bucket << HALF_MAGNITUDE) + (int) (value >> bucket);
  }

  /** ZigZag LEB128 of at most nine bytes, the last of which holds eight bits. */
  private long zigZag() {
    long bits = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      if (at >= end) {
        throw new IllegalArgumentException("its last count is cut off");
      }
      byte one = bytes[at++];
      if (i == LONGEST_NUMBER - 1) {
        bits |= (long) (one & 0xff) << 56;
      } else {
        bits |= (long) (one & 0x7f) << 7 * i;
        if (one >= 0) {
          break;
        }
      }
    }
    return bits >>> 1 ^ -(bits & 1);
  }

  private static int number(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
