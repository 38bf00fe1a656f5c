package dev.greenstick.command.outcome;

import dev.greenstick.contracts.verdict.VerdictReached;

/** What the command's exit status says. */
public enum ExitStatus {
  /** Every assertion held. */
  CONFIRMED(0),
  /** An assertion failed. */
  REFUTED(1),
  /** The run was aborted, or too little is known. */
  INCONCLUSIVE(2),
  /** There is no verdict, because something could not run; one line says what. */
  COULD_NOT_RUN(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }

  /** The status for a verdict. */
  public static ExitStatus of(VerdictReached.Outcome outcome) {
    return switch (outcome) {
      case CONFIRMED -> CONFIRMED;
      case REFUTED -> REFUTED;
      case INCONCLUSIVE -> INCONCLUSIVE;
    };
  }
}
