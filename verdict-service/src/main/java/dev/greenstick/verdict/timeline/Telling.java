package dev.greenstick.verdict.timeline;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunData;
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
import dev.greenstick.contracts.id.ProbeName;
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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Events as sentences, and when what they tell took place. */
final class Telling {

  private static final int MOST_PODS = 10;

  private Telling() {}

  static Instant at(RunData data, Instant time) {
    return switch (data) {
      case ProbeStarted started -> started.startedAt();
      case ProbeFinished finished -> finished.finishedAt();
      case HealthWindow window -> window.start();
      case ExpectationsLearned learned -> learned.learnedAt();
      case PodHealth pod -> pod.at();
      case AlertObserved alert -> alert.resolvedAt() == null ? alert.firedAt() : alert.resolvedAt();
      case FaultInjected injected -> injected.startedAt();
      case FaultReverted reverted -> reverted.revertedAt();
      case FaultFailed failed -> failed.failedAt();
      default -> time;
    };
  }

  static int rank(RunData data) {
    return switch (data) {
      case RunPlanned _, RunSkipped _ -> 0;
      case ProbeStarted _, ProbeRefused _ -> 1;
      case PodHealth _, HealthWindow _ -> 2;
      case BaselineJudged _ -> 3;
      case StepStarted _ -> 4;
      case FaultEvent _ -> 5;
      case StopConditionBreached _ -> 6;
      case ProbeFinished _ -> 7;
      case RunFinished _, RunAborted _ -> 8;
      case VerdictReached _ -> 9;
      default -> 5;
    };
  }

  static String what(RunData data) {
    return switch (data) {
      case RunEvent event -> what(event);
      case FaultEvent event -> what(event);
      case HealthEvent event -> what(event);
      case VerdictEvent event -> what(event);
      default -> throw new IllegalArgumentException(data.getClass().getName() + " is of no run");
    };
  }

  private static String what(RunEvent event) {
    return switch (event) {
      case RunPlanned planned -> "planned for " + planned.scheduledFor() + ": " + planned.trigger();
      case StepStarted started ->
          "step " + started.step() + " started with " + count(started.faults().size(), "fault");
      case RunHalted halted -> "the run was halted: " + halted.reason();
      case RunReplaced replaced -> "the run gave way to run " + replaced.successor();
      case RunFinished _ -> "the run finished";
      case RunAborted aborted -> "the run was aborted: " + aborted.reason();
      case RunSkipped skipped -> "the run was skipped: " + skipped.reason();
    };
  }

  private static String what(FaultEvent event) {
    return switch (event) {
      case FaultInjected injected ->
          "fault injected into "
              + pods(injected.pods())
              + ", "
              + injected.pods().size()
              + " of "
              + count(injected.candidates(), "candidate")
              + ": "
              + injected.method();
      case FaultReverted reverted ->
          "fault reverted: "
              + reverted.reason()
              + reverted.pods().stream()
                  .limit(MOST_PODS)
                  .map(end -> "; " + end.pod().name() + " " + word(end.outcome()))
                  .collect(Collectors.joining());
      case FaultRefused refused -> "fault refused: " + problems(refused.problems());
      case FaultFailed failed ->
          "fault failed and was taken back from " + pods(failed.pods()) + ": " + failed.reason();
      case FaultRehearsed rehearsed ->
          "dry run, nothing touched: "
              + rehearsed.spec().faultName()
              + " would have hit "
              + pods(rehearsed.pods())
              + ": "
              + rehearsed.reason();
      case FaultConflicted conflicted -> "fault in conflict: " + conflicted.reason();
    };
  }

  private static String what(HealthEvent event) {
    return switch (event) {
      case ProbeStarted started ->
          count(started.probes().size(), "probe")
              + " started: "
              + started.probes().stream().map(ProbeName::value).collect(Collectors.joining(", "));
      case ProbeRefused refused -> "the probes were refused: " + problems(refused.problems());
      case HealthWindow window ->
          "window %d of probe %s: %d of %d answered right"
              .formatted(
                  window.index(), window.probe(), window.answers().ok(), window.answers().total());
      case PodHealth pod ->
          "pod %s is %s and %s, restarted %s%s"
              .formatted(
                  pod.pod().name(),
                  pod.phase(),
                  pod.ready() ? "ready" : "not ready",
                  count(pod.restarts(), "time"),
                  pod.reason() == null ? "" : ": " + pod.reason());
      case ExpectationsLearned learned ->
          "probe %s learned what is right for %d of %s; %d are unstable and not judged"
              .formatted(
                  learned.probe(),
                  learned.learned().size(),
                  count(learned.requests(), "request"),
                  learned.unstable().size());
      case AlertObserved alert ->
          "alert " + alert.alert() + (alert.resolvedAt() == null ? " fired" : " was resolved");
      case ProbeFinished finished ->
          "the probes finished, "
              + word(finished.cause())
              + ", after "
              + count(
                  finished.windows().values().stream().mapToInt(Integer::intValue).sum(), "window");
    };
  }

  private static String what(VerdictEvent event) {
    return switch (event) {
      case BaselineJudged judged ->
          "baseline " + word(judged.steadiness()) + ": " + judged.reason();
      case StopConditionBreached breached ->
          "stop condition breached: " + breached.judgement().explanation();
      case VerdictReached reached -> word(reached.outcome()) + ": " + reached.reason();
    };
  }

  private static String pods(List<PodRef> pods) {
    String names =
        pods.stream()
            .limit(MOST_PODS)
            .map(pod -> pod.namespace() + "/" + pod.name())
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? "no pod"
        : names + (pods.size() > MOST_PODS ? " and " + (pods.size() - MOST_PODS) + " more" : "");
  }

  private static String problems(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
