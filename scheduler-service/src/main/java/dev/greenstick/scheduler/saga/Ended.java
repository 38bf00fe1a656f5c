package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.RunRef;
import java.time.Instant;
import java.util.Optional;

/**
 * The run has ended, one way or another; it is remembered for a while so that whatever comes late
 * or twice changes nothing.
 *
 * @param run the run
 * @param scheduledFor the instant it was due
 * @param ending how it ended
 * @param faultsReverted whether every fault that may have been injected is known to be reverted
 * @param endedAt when
 * @param forgetAt how long it is remembered
 */
public record Ended(
    RunRef run,
    Instant scheduledFor,
    Ending ending,
    boolean faultsReverted,
    Instant endedAt,
    Instant forgetAt)
    implements RunState {

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.of(forgetAt);
  }

  Decision tick(Moment at) {
    return at.reached(forgetAt) ? Decision.stay(new Unplanned()) : Decision.stay(this);
  }
}
