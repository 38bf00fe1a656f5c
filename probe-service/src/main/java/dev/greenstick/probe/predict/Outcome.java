package dev.greenstick.probe.predict;

/** What became of one question on the network. */
public sealed interface Outcome {

  /** There is a whole answer. */
  record Replied(Reply reply) implements Outcome {}

  /**
   * No connection, or it broke before the answer was whole.
   *
   * @param detail what happened
   */
  record Broken(String detail) implements Outcome {}

  /**
   * Something came that is no HTTP, or more of it than is read.
   *
   * @param detail what it was
   */
  record Unusable(String detail) implements Outcome {}
}
