package dev.greenstick.contracts.health;

/**
 * How many predictions of a window were answered in which way; each intended prediction counts
 * once.
 *
 * @param ok answered in time with the right prediction, or with any where none is expected
 * @param wrong answered in time with another prediction than the right one
 * @param malformed answered in time with something that is no prediction of the protocol
 * @param refused no connection, or one that broke
 * @param timedOut no whole answer within the timeout, counted from the intended instant
 * @param serverError answered with a 5xx status
 * @param clientError answered with a 3xx or 4xx status
 */
public record Answers(
    long ok,
    long wrong,
    long malformed,
    long refused,
    long timedOut,
    long serverError,
    long clientError) {

  public static final Answers NONE = new Answers(0, 0, 0, 0, 0, 0, 0);

  /** All of them. */
  public long total() {
    return ok + wrong + malformed + refused + timedOut + serverError + clientError;
  }

  /** Answered with a prediction, be it right or wrong. */
  public long predicted() {
    return ok + wrong;
  }

  /** Both together. */
  public Answers plus(Answers other) {
    return new Answers(
        ok + other.ok,
        wrong + other.wrong,
        malformed + other.malformed,
        refused + other.refused,
        timedOut + other.timedOut,
        serverError + other.serverError,
        clientError + other.clientError);
  }
}
