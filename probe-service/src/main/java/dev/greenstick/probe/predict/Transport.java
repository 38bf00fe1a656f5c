package dev.greenstick.probe.predict;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes questions of one probe to its server. Used, and calling back, on one thread at a time: the
 * probe's.
 */
public interface Transport extends AutoCloseable {

  /**
   * Sends a question at once: no pool and no other question may hold it back.
   *
   * @param left how long the answer may take; whoever asks gives up after that, it bounds the
   *     connecting
   * @param heard told once what became of it, never before this method returns
   */
  Call send(Question question, Duration left, Consumer<Outcome> heard);

  /** Frees every connection. */
  @Override
  void close();

  /** A question on its way. */
  interface Call {

    /** Nobody waits for the answer any more: frees what it holds. */
    void abandon();

    /** What has come of a streamed answer, as if it were over now; empty while nothing has. */
    default Optional<Reply> soFar() {
      return Optional.empty();
    }
  }
}
