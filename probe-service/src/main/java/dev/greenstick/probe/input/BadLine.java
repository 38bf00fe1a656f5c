package dev.greenstick.probe.input;

/** Why a line of a file is no request. */
final class BadLine extends Exception {

  private static final long serialVersionUID = 1;

  BadLine(String message) {
    super(message, null, false, false);
  }
}
