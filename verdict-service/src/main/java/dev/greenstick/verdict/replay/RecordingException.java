package dev.greenstick.verdict.replay;

/** What was recorded cannot be read; the message is one line that says what and where. */
public final class RecordingException extends Exception {

  private static final long serialVersionUID = 1;

  RecordingException(String message) {
    super(message);
  }

  RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
