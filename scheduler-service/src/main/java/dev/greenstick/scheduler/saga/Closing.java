package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import java.util.ArrayList;
import java.util.List;

/** The one way out, from wherever a run stands: revert what is live, stop the probe, end. */
final class Closing {

  private Closing() {}

  static Decision revert(
      RunPlanned plan, Ending.Aborted why, List<FaultId> open, boolean probeGone, Moment at) {
    if (open.isEmpty()) {
      return probeGone ? end(plan, why, open, at) : stop(plan, why, open, at);
    }
    List<Effect> effects = new ArrayList<>();
    for (FaultId fault : open) {
      effects.add(new Effect.EmitCommand(Orders.revert(plan, fault, why.reason())));
    }
    return new Decision(
        new Reverting(plan, why, open, probeGone, at.after(at.timeouts().revertMargin())), effects);
  }

  static Decision stop(RunPlanned plan, Ending ending, List<FaultId> open, Moment at) {
    return Decision.to(
        new Stopping(plan, ending, open, at.after(at.timeouts().probeFinish())),
        new Effect.EmitCommand(Orders.stopProbe(plan)));
  }

  static Decision end(RunPlanned plan, Ending ending, List<FaultId> open, Moment at) {
    boolean reverted = open.isEmpty();
    RunEvent event =
        switch (ending) {
          case Ending.Finished _ -> new RunFinished(plan.run());
          case Ending.Aborted aborted ->
              new RunAborted(plan.run(), aborted.cause(), aborted.reason(), reverted);
          case Ending.Skipped _ ->
              throw new IllegalStateException("run " + plan.run().id() + " began and was skipped");
        };
    return Decision.to(
        new Ended(
            plan.run(),
            plan.scheduledFor(),
            ending,
            reverted,
            at.now(),
            at.after(at.timeouts().remember())),
        new Effect.EmitRun(event));
  }

  static List<FaultId> without(List<FaultId> faults, FaultId gone) {
    return faults.stream().filter(fault -> !fault.equals(gone)).toList();
  }
}
