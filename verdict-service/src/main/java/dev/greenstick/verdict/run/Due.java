package dev.greenstick.verdict.run;

/** What an event makes due. */
public enum Due {
  /** The baseline is complete, or can no longer become so. */
  BASELINE,
  /** A window came while a fault is live and there are stop conditions. */
  STOP_CONDITIONS,
  /** The run has ended and everything it needs to be judged by is there. */
  VERDICT
}
