package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunPlanned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The run is being aborted; faults are being reverted, and only the injector's word counts for it.
 *
 * @param plan what was carried out
 * @param why why the run is aborted; the first reason stands
 * @param open the faults whose end is not known, in the order of their branches
 * @param unwatched whether the probe has ended already
 * @param revertedBy when the injector counts as silent
 */
public record Reverting(
    RunPlanned plan, Ending.Aborted why, List<FaultId> open, boolean unwatched, Instant revertedBy)
    implements RunState.UnderWay {

  public Reverting {
    open = List.copyOf(open);
  }

  @Override
  public Optional<Instant> wakeUp() {
    return Optional.of(revertedBy);
  }

  Decision faultEnded(FaultId fault, Moment at) {
    List<FaultId> left = Closing.without(open, fault);
    return left.isEmpty()
        ? stop(left, at)
        : Decision.stay(new Reverting(plan, why, left, unwatched, revertedBy));
  }

  Decision probeGone() {
    return Decision.stay(new Reverting(plan, why, open, true, revertedBy));
  }

  Decision tick(Moment at) {
    return at.reached(revertedBy) ? stop(open, at) : Decision.stay(this);
  }

  private Decision stop(List<FaultId> left, Moment at) {
    return unwatched ? Closing.end(plan, why, left, at) : Closing.stop(plan, why, left, at);
  }
}
