package dev.greenstick.probe.predict;

import com.fasterxml.jackson.databind.JsonNode;

/** The questions of one probe, and what the answers to them mean. Safe for many threads. */
public interface Conversation {

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
}
