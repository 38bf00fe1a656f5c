package dev.greenstick.contracts.wire;

import dev.greenstick.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that could not be read, on its way to {@link Topics#DEAD_LETTERS}: key, value and
 * headers untouched, and headers of its own that say where it came from and why.
 */
public final class DeadLetter {

  public static final String ORIGIN_TOPIC = "greenstick_origin_topic";
  public static final String ORIGIN_PARTITION = "greenstick_origin_partition";
  public static final String ORIGIN_OFFSET = "greenstick_origin_offset";

  /** Who could not read it, for example {@code verdict}. */
  public static final String READER = "greenstick_reader";

  public static final String REASON = "greenstick_reason";

  private DeadLetter() {}

  /** The headers of a dead letter: the record's own, then where from, who and why. */
  public static Headers headers(
      Headers original, String topic, int partition, long offset, String reader, String reason) {
    Headers headers = new RecordHeaders(original.toArray());
    put(headers, ORIGIN_TOPIC, topic);
    put(headers, ORIGIN_PARTITION, String.valueOf(partition));
    put(headers, ORIGIN_OFFSET, String.valueOf(offset));
    put(headers, READER, reader);
    put(headers, REASON, reason);
    return headers;
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
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS,
        null,
        key,
        value,
        headers(original, topic, partition, offset, reader, reason));
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
