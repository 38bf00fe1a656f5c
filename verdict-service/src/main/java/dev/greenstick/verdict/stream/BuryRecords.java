package dev.greenstick.verdict.stream;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Brings a record back to what it was, with the headers that say why it is a dead letter. */
final class BuryRecords extends ContextualProcessor<String, Inbound.Unread, byte[], byte[]> {

  @Override
  public void process(Record<String, Inbound.Unread> record) {
    context().forward(record.value().raw().buried(record.value().reason()));
  }
}
