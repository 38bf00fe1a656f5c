package dev.greenstick.verdict.run;

import dev.greenstick.verdict.history.Progress;
import java.util.Optional;

/** What a run that is not judged yet waits for; for each of them no longer than a deadline. */
public enum Awaited {
  /** It was neither planned nor ended, as far as was told. */
  PLAN,
  /** It was planned, and nobody told its end. */
  END,
  /** It has ended, and its history lacks something. */
  EVIDENCE;

  /** What a run waits for that has come so far; empty when it waits for nothing. */
  public static Optional<Awaited> of(Progress progress) {
    if (progress.closed()) {
      return Optional.empty();
    }
    if (progress.end() != null) {
      return progress.lacking().isEmpty() ? Optional.empty() : Optional.of(EVIDENCE);
    }
    if (progress.plan() != null) {
      return Optional.of(END);
    }
    return progress.skip() != null ? Optional.empty() : Optional.of(PLAN);
  }
}
