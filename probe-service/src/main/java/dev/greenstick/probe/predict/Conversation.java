package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;

/** The questions of one probe, and what the answers to them mean. Safe for many threads. */
public interface Conversation {

  /** What {@link #firstTokenNanosBeforeEnd} returns when no token came. */
  long NO_TOKEN = -1;

  /** Question {@code index}, counted from 0; a probe's requests are asked in turn. */
  Question ask(long index);

  /**
   * What a reply says: a prediction as {@link Answer.Ok}, whatever is expected, {@link
   * Answer.Malformed}, {@link Answer.ServerError} or {@link Answer.ClientError}. Never throws for
   * what a reply holds.
   */
  Answer read(long index, Reply reply);

  /**
   * What a request expects, in the form in which this protocol's predictions are compared; the same
   * unless a protocol may write one prediction in several forms.
   */
  default JsonNode form(JsonNode expect) {
    return expect;
  }

  /** Whether answers come token by token, so that the time to the first one counts. */
  default boolean isStreamed() {
    return false;
  }

  /**
   * How long before the end of a reply, which may be one that is not whole, its first token was
   * there, in nanoseconds; {@link #NO_TOKEN} when none was. Never throws for what a reply holds.
   */
  default long firstTokenNanosBeforeEnd(Reply reply) {
    return NO_TOKEN;
  }
}
