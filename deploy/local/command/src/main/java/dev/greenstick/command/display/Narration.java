package dev.greenstick.command.display;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.experiment.Probe;
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
import dev.greenstick.contracts.run.RunAborted;
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
import dev.greenstick.contracts.wire.GoDuration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an event means to whoever follows the run, in one line of plain text. */
public final class Narration {

  private Narration() {}

  /**
   * The line for an event; empty for those that are shown as figures only, which are the windows,
   * and for changes of a pod that no line tells.
   *
   * @param event what happened
   * @param before what was known before it
   * @param view what is known with it
   */
  public static Optional<String> of(RunData event, RunView before, RunView view) {
    return switch (event) {
      case RunEvent run -> Optional.of(run(run));
      case FaultEvent fault -> Optional.of(fault(fault));
      case HealthEvent health -> health(health, before, view);
      case VerdictEvent verdict -> Optional.of(verdict(verdict));
      default -> Optional.empty();
    };
  }

  private static String run(RunEvent event) {
    return switch (event) {
      case RunPlanned planned ->
          "run "
              + planned.run().id()
              + " of experiment "
              + planned.run().experiment()
              + " on cluster "
              + planned.run().cluster().value()
              + " is planned";
      case StepStarted step -> "step " + step.step().value() + ": fault ordered";
      case RunFinished finished -> "run finished, every event of it is recorded";
      case RunAborted aborted ->
          "run aborted: "
              + aborted.reason()
              + (aborted.faultsReverted() ? "" : "; a fault may still be in the cluster");
      case RunHalted halted ->
          "run halted with " + halted.scope() + " by " + halted.by() + ": " + halted.reason();
      case RunReplaced replaced -> "run replaced by run " + replaced.successor();
      case RunSkipped skipped -> "run skipped: " + skipped.reason();
    };
  }

  private static String fault(FaultEvent event) {
    return switch (event) {
      case FaultInjected injected ->
          "fault: "
              + injected.spec().faultName()
              + " hits "
              + pods(injected.pods())
              + ", "
              + injected.pods().size()
              + " of "
              + injected.candidates()
              + " candidates, for "
              + GoDuration.format(injected.spec().duration())
              + ": "
              + injected.method();
      case FaultReverted reverted ->
          "fault reverted, "
              + reverted.reason()
              + ": "
              + reverted.pods().stream()
                  .map(end -> end.pod() + " " + words(end.outcome()))
                  .collect(Collectors.joining(", "));
      case FaultRefused refused -> "fault refused: " + problems(refused.problems());
      case FaultFailed failed -> "fault failed: " + failed.reason();
      case FaultRehearsed rehearsed ->
          "dry run, nothing is touched: %s would hit %s (%s)"
              .formatted(
                  rehearsed.spec().faultName(),
                  rehearsed.pods().stream().map(PodRef::toString).collect(Collectors.joining(", ")),
                  rehearsed.reason());
      case FaultConflicted conflicted -> "conflicting command: " + conflicted.reason();
    };
  }

  private static String words(FaultReverted.PodOutcome outcome) {
    return switch (outcome) {
      case RESTORED -> "is as before";
      case STILL_HELD -> "is held by another fault";
      case GONE -> "is gone";
      case NOTHING_TO_RESTORE -> "needs nothing restored";
      case CHANGED_MEANWHILE -> "was changed by somebody meanwhile, and left so";
    };
  }

  private static Optional<String> health(HealthEvent event, RunView before, RunView view) {
    return switch (event) {
      case ProbeStarted started -> Optional.of(started(view));
      case ProbeRefused refused ->
          Optional.of("the probe refused to start: " + problems(refused.problems()));
      case HealthWindow window -> Optional.empty();
      case PodHealth health ->
          pod(health, view).filter(line -> !pod(health, before).equals(Optional.of(line)));
      case AlertObserved alert ->
          Optional.of(
              "alert " + alert.alert() + (alert.resolvedAt() == null ? " fires" : " is resolved"));
      case ExpectationsLearned learned ->
          Optional.of(
              "%s has learned %d of %d right answers, %d are unstable"
                  .formatted(
                      learned.probe(),
                      learned.learned().size(),
                      learned.requests(),
                      learned.unstable().size()));
      case ProbeFinished finished ->
          Optional.of(
              "the probe is done after "
                  + finished.windows().values().stream().max(Integer::compareTo).orElse(0)
                  + " s");
    };
  }

  private static String started(RunView view) {
    return view.experiment().stream()
        .flatMap(known -> known.spec().probes().stream())
        .map(Narration::asking)
        .collect(Collectors.joining("; ", "baseline: ", ""));
  }

  private static String asking(Probe probe) {
    return "asking "
        + probe.model()
        + " at "
        + probe.url()
        + " "
        + Figures.figure(probe.rate(), "")
        + " times a second";
  }

  private static Optional<String> pod(PodHealth health, RunView view) {
    return Optional.ofNullable(view.pods().get(health.pod().uid())).map(Narration::pod);
  }

  private static String pod(PodSeen pod) {
    return "pod "
        + pod.pod()
        + ": "
        + pod.state()
        + ", image "
        + String.join(" ", pod.shortImages())
        + (pod.restarts() > 0 ? ", restarts " + pod.restarts() : "")
        + (pod.hit() ? ", hit by the fault" : "");
  }

  private static String verdict(VerdictEvent event) {
    return switch (event) {
      case BaselineJudged judged ->
          "baseline is "
              + judged.steadiness().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ": "
              + judged.reason();
      case StopConditionBreached breached ->
          "stop condition holds: " + breached.judgement().explanation();
      case VerdictReached reached ->
          "verdict: " + reached.outcome().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String pods(List<PodRef> pods) {
    return pods.stream().map(PodRef::toString).collect(Collectors.joining(", "));
  }

  private static String problems(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }
}
