package dev.greenstick.contracts.wire;

import dev.greenstick.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that could not be read, on its way to {@link Topics#DEAD_LETTERS}: key, value and
 * headers untouched, and headers of its own that say where it came from and why. One that is too
 * large to be written again is cut, and says so: the whole of it lies where it came from.
 */
public final class DeadLetter {

  public static final String ORIGIN_TOPIC = "greenstick_origin_topic";
  public static final String ORIGIN_PARTITION = "greenstick_origin_partition";
  public static final String ORIGIN_OFFSET = "greenstick_origin_offset";

  /** Who could not read it, for example {@code verdict}. */
  public static final String READER = "greenstick_reader";

  public static final String REASON = "greenstick_reason";

  /** How many bytes the record had, where it was cut to what a broker takes. */
  public static final String CUT_FROM = "greenstick_cut_from";

  /**
   * With the headers that say why, a dead letter is larger than its record; a broker takes 1 MiB.
   */
  private static final int LARGEST_VALUE = 800_000;

  private static final int LARGEST_KEY = 50_000;
  private static final int LARGEST_HEADERS = 50_000;

  private DeadLetter() {}

  /**
   * The headers of a dead letter: the record's own, unless they are too large for it, then where
   * from, who and why.
   */
  public static Headers headers(
      Headers original, String topic, int partition, long offset, String reader, String reason) {
    Headers headers =
        size(original) > LARGEST_HEADERS
            ? new RecordHeaders()
            : new RecordHeaders(original.toArray());
    if (size(original) > LARGEST_HEADERS) {
      put(headers, CUT_FROM, String.valueOf(size(original)));
    }
    put(headers, ORIGIN_TOPIC, topic);
    put(headers, ORIGIN_PARTITION, String.valueOf(partition));
    put(headers, ORIGIN_OFFSET, String.valueOf(offset));
    put(headers, READER, reader);
    put(headers, REASON, reason);
    return headers;
  }

  private static long size(Headers headers) {
    long size = 0;
    for (Header header : headers) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  /** The value of a dead letter: the record's, or as much of it as fits. May be null. */
  public static byte[] value(byte[] original, Headers headers) {
    return cut(original, LARGEST_VALUE, headers);
  }

  /** The key of a dead letter: the record's, or as much of it as fits. May be null. */
  public static byte[] key(byte[] original, Headers headers) {
    return cut(original, LARGEST_KEY, headers);
  }

  private static byte[] cut(byte[] original, int most, Headers headers) {
    if (original == null || original.length <= most) {
      return original;
    }
    put(headers, CUT_FROM, String.valueOf(original.length));
    return Arrays.copyOf(original, most);
  }

  /** The dead letter of a record; key and value may be null. */
  public static ProducerRecord<byte[], byte[]> of(
      byte[] key,
      byte[] value,
      Headers original,
      String topic,
      int partition,
      long offset,
      String reader,
      String reason) {
    Headers headers = headers(original, topic, partition, offset, reader, reason);
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS, null, key(key, headers), value(value, headers), headers);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
