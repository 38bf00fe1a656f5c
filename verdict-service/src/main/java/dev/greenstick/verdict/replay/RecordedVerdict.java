package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A verdict as it lies in its topic. */
record RecordedVerdict(RecordedEvent record, VerdictReached data) {

  private static final String TYPE = Event.typeOf(VerdictReached.class);

  /** Whether the record is a verdict by its header, and no baseline or the like. */
  static boolean is(ConsumerRecord<byte[], byte[]> record) {
    return TYPE.equals(CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE));
  }

  Origin origin() {
    return record.origin();
  }

  /** Whether an event lies in the ranges that the verdict names. */
  boolean rests(Evidence evidence) {
    Origin at = evidence.origin();
    for (VerdictReached.OffsetRange range : data.evidence()) {
      if (range.partition() == at.partition() && range.topic().equals(at.topic())) {
        return range.from() <= at.offset() && at.offset() <= range.to();
      }
    }
    return false;
  }

  /** Where the event is another than the recorded one; empty when both are the same bytes. */
  List<Difference> differences(Event<VerdictReached> again) {
    return record.differences(again);
  }
}
