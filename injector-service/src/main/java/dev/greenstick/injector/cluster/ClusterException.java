package dev.greenstick.injector.cluster;

/** The Kubernetes API could not be used; says for what, and what to do. */
public final class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean passing;

  private ClusterException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Nobody answered, or not in time, or too busy: the same call may succeed later. */
  public static ClusterException unavailable(String message, Throwable cause) {
    return new ClusterException(message, true, cause);
  }

  /** The API server said no: the same call will not succeed until somebody changes something. */
  public static ClusterException refused(String message, Throwable cause) {
    return new ClusterException(message, false, cause);
  }

  /** Whether the same call may succeed later without anybody's help. */
  public boolean passing() {
    return passing;
  }
}
