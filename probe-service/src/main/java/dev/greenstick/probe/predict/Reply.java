package dev.greenstick.probe.predict;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A whole answer over HTTP.
 *
 * @param status the status
 * @param header a header's value by its name, or a trailer's, whatever the case; null when it is
 *     missing
 * @param body the body, empty when there was none; not to be changed
 * @param parts when what of the body came, in order; empty unless the question was streamed
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read once and never compared
public record Reply(int status, UnaryOperator<String> header, byte[] body, List<Part> parts) {

  /**
   * A part of a body.
   *
   * @param end where in the body it ends
   * @param nanosBeforeEnd how long before the whole answer it was there, in nanoseconds
   */
  public record Part(int end, long nanosBeforeEnd) {}

  /** An answer without headers that matter. */
  public Reply(int status, byte[] body) {
    this(status, name -> null, body, List.of());
  }
}
