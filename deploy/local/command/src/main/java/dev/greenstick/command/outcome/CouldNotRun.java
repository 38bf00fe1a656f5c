package dev.greenstick.command.outcome;

/** There will be no verdict; the message is the one line that says why and what to do. */
public final class CouldNotRun extends Exception {

  private static final long serialVersionUID = 1;

  public CouldNotRun(String message) {
    super(message);
  }

  public CouldNotRun(String message, Throwable cause) {
    super(message, cause);
  }
}
