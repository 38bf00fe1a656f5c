package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.scheduler.saga.Baselining;
import dev.greenstick.scheduler.saga.BranchState;
import dev.greenstick.scheduler.saga.Ended;
import dev.greenstick.scheduler.saga.Ending;
import dev.greenstick.scheduler.saga.InStep;
import dev.greenstick.scheduler.saga.Recovering;
import dev.greenstick.scheduler.saga.Reverting;
import dev.greenstick.scheduler.saga.RunState;
import dev.greenstick.scheduler.saga.Starting;
import dev.greenstick.scheduler.saga.Stopping;
import dev.greenstick.scheduler.saga.Unplanned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands, as the API tells it; what does not apply is left out.
 *
 * @param run the run
 * @param scheduledFor when it was due
 * @param trigger what made it due
 * @param phase starting, baseline, step, recovery, reverting, stopping or ended
 * @param step the step that is carried out
 * @param openFaults faults that may be live
 * @param waitsUntil when the phase ends at the latest
 * @param outcome finished, aborted or skipped
 * @param cause what kind of reason, of an aborted run
 * @param reason why it was aborted or skipped
 * @param faultsReverted of an ended run: whether every fault is known to be reverted
 * @param endedAt when it ended
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunView(
    RunRef run,
    Instant scheduledFor,
    String trigger,
    String phase,
    StepName step,
    List<FaultId> openFaults,
    Instant waitsUntil,
    String outcome,
    RunAborted.Cause cause,
    String reason,
    Boolean faultsReverted,
    Instant endedAt) {

  static RunView of(RunState state) {
    return switch (state) {
      case Starting starting -> underWay(starting, "starting", null, List.of(), null);
      case Baselining baselining -> underWay(baselining, "baseline", null, List.of(), null);
      case InStep inStep ->
          underWay(
              inStep,
              "step",
              inStep.definition().name(),
              inStep.branches().stream()
                  .map(BranchState::openFault)
                  .flatMap(Optional::stream)
                  .toList(),
              null);
      case Recovering recovering -> underWay(recovering, "recovery", null, List.of(), null);
      case Reverting reverting ->
          underWay(reverting, "reverting", null, reverting.open(), reverting.why());
      case Stopping stopping ->
          underWay(stopping, "stopping", null, stopping.open(), stopping.ending());
      case Ended ended ->
          new RunView(
              ended.run(),
              ended.scheduledFor(),
              null,
              "ended",
              null,
              List.of(),
              null,
              outcome(ended.ending()),
              cause(ended.ending()),
              reason(ended.ending()),
              ended.faultsReverted(),
              ended.endedAt());
      case Unplanned _ -> throw new IllegalArgumentException("an unplanned run is not stored");
    };
  }

  private static RunView underWay(
      RunState.UnderWay state,
      String phase,
      StepName step,
      List<FaultId> openFaults,
      Ending ending) {
    return new RunView(
        state.plan().run(),
        state.plan().scheduledFor(),
        state.plan().trigger(),
        phase,
        step,
        openFaults,
        state.wakeUp().orElse(null),
        ending == null ? null : outcome(ending),
        ending == null ? null : cause(ending),
        ending == null ? null : reason(ending),
        null,
        null);
  }

  private static String outcome(Ending ending) {
    return switch (ending) {
      case Ending.Finished _ -> "finished";
      case Ending.Aborted _ -> "aborted";
      case Ending.Skipped _ -> "skipped";
    };
  }

  private static RunAborted.Cause cause(Ending ending) {
    return switch (ending) {
      case Ending.Aborted aborted -> aborted.cause();
      case Ending.Finished _, Ending.Skipped _ -> null;
    };
  }

  private static String reason(Ending ending) {
    return switch (ending) {
      case Ending.Aborted aborted -> aborted.reason();
      case Ending.Skipped skipped -> skipped.reason();
      case Ending.Finished _ -> null;
    };
  }
}
