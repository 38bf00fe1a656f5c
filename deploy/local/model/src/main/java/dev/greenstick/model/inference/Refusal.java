package dev.greenstick.model.inference;

/**
 * A request that is answered with an error of the protocol: {@code {"error": "..."}} and a status
 * of the 4xx kind.
 */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  public Refusal(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  /** The HTTP status to answer with. */
  public int status() {
    return status;
  }
}
