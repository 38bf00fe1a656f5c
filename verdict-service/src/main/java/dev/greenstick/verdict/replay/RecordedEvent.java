package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.verdict.history.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What was handed down on a run, as it lies in its topic. */
record RecordedEvent(
    Origin origin, Headers headers, byte[] value, Event<? extends VerdictEvent> event) {

  private static final List<String> ATTRIBUTES =
      List.of(
          CloudEventHeaders.SPECVERSION,
          CloudEventHeaders.ID,
          CloudEventHeaders.SOURCE,
          CloudEventHeaders.TYPE,
          CloudEventHeaders.SUBJECT,
          CloudEventHeaders.TIME,
          CloudEventHeaders.CLUSTER,
          CloudEventHeaders.EXPERIMENT);

  private static final EventDeserializer<VerdictEvent> DESERIALIZER =
      new EventDeserializer<>(Topics.VERDICTS);

  /** The event; empty when the record cannot be read. */
  static Optional<RecordedEvent> of(ConsumerRecord<byte[], byte[]> record) {
    return DESERIALIZER.deserialize(record.topic(), record.headers(), record.value())
            instanceof Received.Readable<VerdictEvent> readable
        ? Optional.of(
            new RecordedEvent(
                new Origin(record.topic(), record.partition(), record.offset()),
                record.headers(),
                record.value(),
                readable.event()))
        : Optional.empty();
  }

  /** Where another event is not the recorded one; empty when both are the same bytes. */
  List<Difference> differences(Event<? extends VerdictEvent> again) {
    Headers attributes = new RecordHeaders();
    byte[] bytes;
    try (EventSerializer<VerdictEvent> serializer = new EventSerializer<>()) {
      bytes = serializer.serialize(origin.topic(), attributes, again);
    }
    List<Difference> differences = new ArrayList<>();
    for (String name : ATTRIBUTES) {
      String one = CloudEventHeaders.text(headers, name);
      String other = CloudEventHeaders.text(attributes, name);
      if (!Objects.equals(one, other)) {
        differences.add(new Difference(name, String.valueOf(one), String.valueOf(other)));
      }
    }
    if (!Arrays.equals(bytes, value)) {
      differences.addAll(Difference.between(value, bytes));
    }
    return differences;
  }
}
