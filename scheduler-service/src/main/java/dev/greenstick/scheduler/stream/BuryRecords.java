package dev.greenstick.scheduler.stream;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Brings a record back to what it was, with the headers that say why it is a dead letter. */
final class BuryRecords extends ContextualProcessor<String, Outbound.Bury, byte[], byte[]> {

  @Override
  public void process(Record<String, Outbound.Bury> record) {
    context().forward(record.value().origin().buried(record.value().reason()));
  }
}
