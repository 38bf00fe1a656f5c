package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.intake.Intake;
import dev.greenstick.verdict.intake.Taken;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads a topic's records, and never stops at one. */
final class ReadEvents implements Processor<byte[], byte[], String, Inbound> {

  private final Intake intake = new Intake();
  private ProcessorContext<String, Inbound> context;

  @Override
  public void init(ProcessorContext<String, Inbound> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    Raw raw = new Raw(new Origin(from.topic(), from.partition(), from.offset()), record);
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    context.forward(record.withKey(key).withValue(read(raw)));
  }

  private Inbound read(Raw raw) {
    return switch (intake.take(
        raw.origin(), raw.record().key(), raw.record().headers(), raw.record().value())) {
      case Taken.Read(var evidence) -> new Inbound.Read(evidence);
      case Taken.Unread(var reason) -> new Inbound.Unread(raw, reason);
    };
  }
}
