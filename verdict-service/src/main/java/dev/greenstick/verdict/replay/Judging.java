package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.experiment.Hypothesis;
import java.time.Instant;
import java.util.Optional;

/** What is asked of history. */
public sealed interface Judging {

  /**
   * Whether every recorded verdict is reached again, byte for byte, from the evidence that it
   * names.
   */
  record Verify() implements Judging {}

  /**
   * What would be the verdict, and whether its outcome is another than the recorded one.
   *
   * @param hypothesis whose assertions are judged instead of each run's own
   * @param until only events that happened at or before this instant count
   * @param late whether events count that came after the verdict; otherwise what counts is the
   *     evidence that the recorded verdict names, and all there is where none is recorded
   */
  record Again(Optional<Hypothesis> hypothesis, Optional<Instant> until, boolean late)
      implements Judging {}
}
