package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunPlanned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The probe was told to stop; the run ends once its last windows are there, so that its history is
 * complete then.
 *
 * @param plan what was carried out
 * @param ending how the run will end
 * @param open the faults whose end is not known; empty unless an injector is silent
 * @param stoppedBy when the run ends without the probe's word
 */
public record Stopping(RunPlanned plan, Ending ending, List<FaultId> open, Instant stoppedBy)
    implements RunState.UnderWay {

  public Stopping {
    open = List.copyOf(open);
  }

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.of(stoppedBy);
  }

  Decision faultEnded(FaultId fault) {
    return Decision.stay(new Stopping(plan, ending, Closing.without(open, fault), stoppedBy));
  }

  Decision probeGone(Moment at) {
    return Closing.end(plan, ending, open, at);
  }

  /**
   * What was measured is complete, so a user's abort comes too late; but a run whose stop condition
   * was breached must not pass for one that held, whichever topic was read first.
   */
  Decision abort(Ending.Aborted why) {
    return ending instanceof Ending.Finished && why.cause() == Cause.STOP_CONDITION
        ? Decision.stay(new Stopping(plan, why, open, stoppedBy))
        : Decision.stay(this);
  }

  Decision tick(Moment at) {
    return at.reached(stoppedBy) ? Closing.end(plan, ending, open, at) : Decision.stay(this);
  }
}
