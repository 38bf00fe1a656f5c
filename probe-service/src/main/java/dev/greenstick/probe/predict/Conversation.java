package dev.greenstick.probe.predict;

/** The questions of one probe, and what the answers to them mean. Safe for many threads. */
public interface Conversation {

  /** Question {@code index}, counted from 0; a probe's requests are asked in turn. */
  Question ask(long index);

  /**
   * What a reply says: {@link Answer.Ok}, {@link Answer.Wrong}, {@link Answer.Malformed}, {@link
   * Answer.ServerError} or {@link Answer.ClientError}. Never throws for what a reply holds.
   */
  Answer read(long index, Reply reply);
}
