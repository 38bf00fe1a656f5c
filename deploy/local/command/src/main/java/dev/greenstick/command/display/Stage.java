package dev.greenstick.command.display;

import dev.greenstick.contracts.id.StepName;
import java.time.Instant;

/** Where a run stands. */
public sealed interface Stage {

  /** Asked for; the probe does not ask the model yet. */
  record Waiting() implements Stage {}

  /** The steady state is measured. */
  record Baseline(Instant since, Instant until) implements Stage {}

  /** A step's faults are ordered and not yet in. */
  record Ordered(StepName step) implements Stage {}

  /** At least one fault is live. */
  record Live(Instant since, Instant until) implements Stage {}

  /** Faults of the method are over and others are still to come. */
  record Between() implements Stage {}

  /** Every fault of the method is over. */
  record Recovery(Instant since, Instant until) implements Stage {}

  /** The run has ended and is being judged. */
  record Judging() implements Stage {}

  /** The verdict is there. */
  record Judged() implements Stage {}
}
