package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import java.time.Instant;
import java.util.Optional;

/**
 * Nothing is known of the run: it was never planned, or it ended so long ago that it is forgotten.
 */
public record Unplanned() implements RunState {

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.empty();
  }

  Decision planned(RunPlanned plan, Moment at) {
    return Decision.to(
        new Starting(plan, at.after(at.timeouts().probeStart())),
        new Effect.EmitCommand(Orders.startProbe(plan, at)));
  }

  Decision skipped(RunSkipped skip, Moment at) {
    return Decision.to(
        new Ended(
            skip.run(),
            skip.scheduledFor(),
            new Ending.Skipped(skip.reason()),
            true,
            at.now(),
            at.after(at.timeouts().remember())));
  }
}
