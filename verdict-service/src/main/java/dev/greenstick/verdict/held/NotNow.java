package dev.greenstick.verdict.held;

/**
 * Nothing is wrong with what is asked; it may be answered in a moment, and a wrong answer is none.
 */
public final class NotNow extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why not now, for whoever asks. */
  public NotNow(String reason) {
    super(reason, null, false, false);
  }
}
