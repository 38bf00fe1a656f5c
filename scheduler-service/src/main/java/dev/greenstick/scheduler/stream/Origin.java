package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.wire.DeadLetter;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record as it came, untouched, and where from.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param record key, value, headers and timestamp
 */
public record Origin(String topic, int partition, long offset, Record<byte[], byte[]> record) {

  /** Who could not read a dead letter. */
  static final String READER = "scheduler";

  public Origin {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(record, "record");
  }

  /** The record on its way to the dead letters. */
  Record<byte[], byte[]> buried(String reason) {
    Headers headers =
        DeadLetter.headers(record.headers(), topic, partition, offset, READER, reason);
    return record.withHeaders(headers);
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
