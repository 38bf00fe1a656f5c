package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.request.AbortRequested;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which events mean what to a saga; empty for those that mean nothing to it. */
public final class Signals {

  /** Agents' reasons end up in records of their own; a longer one than this is cut. */
  static final int LONGEST_REASON = 2_000;

  private Signals() {}

  /** A run's own echo means nothing but its beginning, and what is to end it. */
  public static Optional<Signal> of(RunEvent event) {
    return switch (event) {
      case RunPlanned planned -> Optional.of(new Signal.Planned(planned));
      case RunSkipped skipped -> Optional.of(new Signal.Skipped(skipped));
      case RunHalted halted ->
          Optional.of(
              abort(
                  Cause.HALTED,
                  halted.scope() + " was halted by " + halted.by() + ": " + halted.reason()));
      case RunReplaced replaced ->
          Optional.of(abort(Cause.REPLACED, "run " + replaced.successor() + " takes its place"));
      case StepStarted _, RunFinished _, RunAborted _ -> Optional.empty();
    };
  }

  public static Optional<Signal> of(HealthEvent event) {
    return switch (event) {
      case ProbeStarted _ -> Optional.of(new Signal.ProbeAsks());
      case ProbeRefused refused ->
          Optional.of(new Signal.ProbeTurnedDown(joined(refused.problems())));
      case ProbeFinished finished ->
          Optional.of(
              new Signal.ProbeEnded(
                  switch (finished.cause()) {
                    case COMMANDED -> "it was told to stop";
                    case LONGEST_ELAPSED -> "its longest time was over";
                    case SHUTDOWN -> "its service was shut down";
                  }));
      case ExpectationsLearned _, HealthWindow _, PodHealth _, AlertObserved _ -> Optional.empty();
    };
  }

  public static Optional<Signal> of(FaultEvent event) {
    return switch (event) {
      case FaultInjected injected -> Optional.of(new Signal.FaultBegan(injected.fault()));
      case FaultReverted reverted -> Optional.of(ofReverted(reverted));
      case FaultRefused refused ->
          Optional.of(
              spoiled(
                  refused,
                  Cause.FAULT_REFUSED,
                  "the injector refused the fault of step "
                      + refused.step()
                      + ": "
                      + joined(refused.problems())));
      case FaultFailed failed ->
          Optional.of(
              spoiled(
                  failed,
                  Cause.FAULT_FAILED,
                  "the fault of step " + failed.step() + " failed: " + failed.reason()));
      // Nothing was touched, so there is nothing to wait for: the method goes on.
      case FaultRehearsed rehearsed -> Optional.of(new Signal.FaultEnded(rehearsed.fault()));
      case FaultConflicted _ -> Optional.empty();
    };
  }

  public static Optional<Signal> of(VerdictEvent event) {
    return switch (event) {
      case BaselineJudged judged ->
          Optional.of(
              switch (judged.steadiness()) {
                case STEADY -> new Signal.BaselineSteady();
                case UNSTEADY -> abort(Cause.BASELINE_UNSTEADY, judged.reason());
                case TOO_THIN -> abort(Cause.BASELINE_TOO_THIN, judged.reason());
              });
      case StopConditionBreached breached ->
          Optional.of(
              abort(
                  Cause.STOP_CONDITION,
                  "stop condition holds: " + breached.judgement().assertion()));
      case VerdictReached _ -> Optional.empty();
    };
  }

  public static Signal of(AbortRequested request) {
    return abort(Cause.REQUESTED, "requested by " + request.by() + ": " + request.reason());
  }

  private static Signal ofReverted(FaultReverted reverted) {
    return switch (reverted.cause()) {
      // A swept fault lasted longer than it should have, but it was there and it is over.
      case DURATION_ELAPSED, SWEPT -> new Signal.FaultEnded(reverted.fault());
      case COMMANDED ->
          spoiled(
              reverted,
              Cause.REQUESTED,
              "the fault of step " + reverted.step() + " was reverted early: " + reverted.reason());
      case HALTED -> spoiled(reverted, Cause.HALTED, reverted.reason());
    };
  }

  private static Signal spoiled(FaultEvent event, Cause cause, String reason) {
    return new Signal.FaultSpoiled(event.fault(), new Ending.Aborted(cause, cut(reason)));
  }

  private static Signal abort(Cause cause, String reason) {
    return new Signal.Abort(new Ending.Aborted(cause, cut(reason)));
  }

  private static String joined(List<Problem> problems) {
    return cut(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
