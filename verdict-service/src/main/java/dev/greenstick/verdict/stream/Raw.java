package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.verdict.history.Origin;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record as it came, untouched, and where from.
 *
 * @param origin where from
 * @param record key, value, headers and timestamp
 */
record Raw(Origin origin, Record<byte[], byte[]> record) {

  /** Who could not read a dead letter. */
  private static final String READER = "verdict";

  Raw {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(record, "record");
  }

  /** The record on its way to the dead letters. */
  Record<byte[], byte[]> buried(String reason) {
    Headers headers =
        DeadLetter.headers(
            record.headers(), origin.topic(), origin.partition(), origin.offset(), READER, reason);
    return record
        .withKey(DeadLetter.key(record.key(), headers))
        .withValue(DeadLetter.value(record.value(), headers))
        .withHeaders(headers);
  }
}
