package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.request.RunRequested;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A request whose experiment is not known yet, byte by byte, so that it can be a dead letter after
 * all.
 *
 * @param request what it asks for
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param key the record's key
 * @param value the record's value
 * @param headers the record's headers, in their order
 * @param timestamp the record's timestamp, in milliseconds of the epoch
 * @param until how long it waits
 */
record WaitingRequest(
    RunRequested request,
    String topic,
    int partition,
    long offset,
    byte[] key,
    byte[] value,
    List<Header> headers,
    long timestamp,
    Instant until) {

  WaitingRequest {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(topic, "topic");
    headers = List.copyOf(headers);
    Objects.requireNonNull(until, "until");
  }

  /** A header; the value may be null. */
  record Header(String name, byte[] value) {}

  /** The request that was read from {@code origin}, waiting until then. */
  static WaitingRequest of(RunRequested request, Origin origin, Instant until) {
    Record<byte[], byte[]> record = origin.record();
    return new WaitingRequest(
        request,
        origin.topic(),
        origin.partition(),
        origin.offset(),
        record.key(),
        record.value(),
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new Header(header.key(), header.value()))
            .toList(),
        record.timestamp(),
        until);
  }

  /** The record as it came. */
  Origin origin() {
    RecordHeaders all = new RecordHeaders();
    headers.forEach(header -> all.add(header.name(), header.value()));
    return new Origin(topic, partition, offset, new Record<>(key, value, timestamp, all));
  }
}
