package dev.greenstick.verdict.replay;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one partition of several topics as one sequence: each topic in its own order, the
 * topics together by the records' timestamps, so that what belongs together comes together. The
 * order between topics decides how much is held in memory at once and nothing else. For one thread.
 */
public interface Tape extends AutoCloseable {

  /** The next record; null when there is none any more. */
  ConsumerRecord<byte[], byte[]> next() throws RecordingException;

  /** Where the sequence has come to: everything before was given. */
  Positions positions();

  @Override
  void close();
}
