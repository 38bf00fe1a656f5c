package dev.greenstick.injector.simulation;

/** The process was killed: nothing of it runs on, not even its error handling. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash() {
    super("killed", null, false, false);
  }
}
