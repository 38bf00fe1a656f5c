package dev.greenstick.probe.access;

import dev.greenstick.contracts.experiment.Source.SecretRef;

/** Where Kubernetes Secrets are read. */
@FunctionalInterface
public interface Secrets {

  /**
   * Reads one key of a Secret; waits for the API server, but never for long.
   *
   * @param host the host that the value is going to be sent to, or shown
   * @throws Unreadable when there is none that may be read for this
   */
  String read(SecretRef reference, String host) throws Unreadable;

  /** Why a secret is not to be had, without a word of what it is. */
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    /** With what to do about it. */
    public Unreadable(String message) {
      super(message);
    }
  }
}
