package dev.greenstick.broker;

/** The broker could not be started; the message says in one line why and what to do. */
public final class BrokerException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What kept the broker from starting. */
  public enum Reason {
    /** Another process listens on the port. */
    PORT_IN_USE,
    /** Less space is free than the settings ask for, or writing failed for want of space. */
    DISK_FULL,
    /** The directory cannot be created or written to. */
    DIRECTORY_UNUSABLE,
    /** Another broker runs in the directory. */
    DIRECTORY_IN_USE,
    /** The process could not be started, or ended before it answered. */
    EXITED,
    /** The process runs and did not answer in time. */
    NOT_ANSWERING
  }

  BrokerException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  BrokerException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kept the broker from starting. */
  public Reason reason() {
    return reason;
  }
}
