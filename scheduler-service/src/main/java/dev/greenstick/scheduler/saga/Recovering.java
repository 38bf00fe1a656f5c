package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.run.RunPlanned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Every fault is over; what becomes of the model is watched.
 *
 * @param plan what is carried out
 * @param until how long
 */
public record Recovering(RunPlanned plan, Instant until) implements RunState.UnderWay {

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.of(until);
  }

  static Decision begin(RunPlanned plan, Moment at) {
    return new Recovering(plan, at.after(plan.experiment().spec().recovery())).tick(at);
  }

  Decision probeGone(Ending.Aborted why, Moment at) {
    return Closing.end(plan, why, List.of(), at);
  }

  Decision abort(Ending.Aborted why, Moment at) {
    return Closing.stop(plan, why, List.of(), at);
  }

  Decision tick(Moment at) {
    return at.reached(until)
        ? Closing.stop(plan, new Ending.Finished(), List.of(), at)
        : Decision.stay(this);
  }
}
