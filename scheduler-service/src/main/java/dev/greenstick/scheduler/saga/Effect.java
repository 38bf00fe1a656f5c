package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.run.RunEvent;
import java.time.Instant;

/** What a decision wants done; whoever drives the saga does it, in the order of the list. */
public sealed interface Effect {

  /** Tell the world. */
  record EmitRun(RunEvent event) implements Effect {}

  /** Order the cluster's agents. */
  record EmitCommand(Command command) implements Effect {}

  /** Give the run a {@link Signal.Tick} at this instant or soon after. */
  record SetTimer(Instant due) implements Effect {}

  /** The tick that was set for this instant is not needed any more. */
  record CancelTimer(Instant due) implements Effect {}
}
