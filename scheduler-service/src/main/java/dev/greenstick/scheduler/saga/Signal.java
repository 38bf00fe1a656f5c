package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;

/**
 * What can happen to a run, as far as its saga cares. {@link Signals} says which events are which.
 */
public sealed interface Signal {

  /** The run is to take place. */
  record Planned(RunPlanned plan) implements Signal {}

  /** The run does not take place. */
  record Skipped(RunSkipped skip) implements Signal {}

  /** The probe asks the model. */
  record ProbeAsks() implements Signal {}

  /** The probe will not ask. */
  record ProbeTurnedDown(String reason) implements Signal {}

  /** The probe has asked for the last time. */
  record ProbeEnded(String why) implements Signal {}

  /** The baseline is steady: faults may be injected. */
  record BaselineSteady() implements Signal {}

  /** The fault is live. */
  record FaultBegan(FaultId fault) implements Signal {}

  /** The fault is over, as it was meant to be. */
  record FaultEnded(FaultId fault) implements Signal {}

  /** The fault is over and was not what it was meant to be: the method cannot be carried out. */
  record FaultSpoiled(FaultId fault, Ending.Aborted why) implements Signal {}

  /** The run must end now: whoever says so, for whatever reason. */
  record Abort(Ending.Aborted why) implements Signal {}

  /** Time has passed. */
  record Tick() implements Signal {}
}
