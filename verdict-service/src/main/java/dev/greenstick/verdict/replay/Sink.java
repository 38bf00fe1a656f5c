package dev.greenstick.verdict.replay;

import java.util.Set;
import java.util.UUID;

/** Where outcomes go. Called by one thread at a time. */
public interface Sink extends AutoCloseable {

  /**
   * Called once, before everything else.
   *
   * @param done the runs whose outcomes an earlier replay has given, of which this one is the rest;
   *     what else it has given will be given again
   */
  void begin(Set<UUID> done) throws RecordingException;

  /** Takes one outcome. */
  void take(Judged judged) throws RecordingException;

  /** Makes sure of everything that was taken so far. */
  void flush() throws RecordingException;

  @Override
  void close() throws RecordingException;
}
