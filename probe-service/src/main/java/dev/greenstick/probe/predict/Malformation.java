package dev.greenstick.probe.predict;

/** Why an answer is no prediction. */
final class Malformation extends Exception {
  private static final long serialVersionUID = 1;

  Malformation(String message) {
    super(message, null, false, false);
  }
}
