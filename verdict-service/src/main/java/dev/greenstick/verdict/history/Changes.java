package dev.greenstick.verdict.history;

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
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.run.StepStarted;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What each event changes in {@link Progress}. Every change commutes with every other. */
final class Changes {

  private Changes() {}

  static Progress after(Progress before, RunData data) {
    return switch (data) {
      case RunEvent event -> after(before, event);
      case FaultEvent event -> after(before, event);
      case HealthEvent event -> after(before, event);
      default -> throw new IllegalArgumentException(data.getClass().getName() + " is no evidence");
    };
  }

  private static Progress after(Progress before, RunEvent event) {
    return switch (event) {
      case RunPlanned planned ->
          withPlan(
              before,
              Progress.Plan.of(planned.scheduledFor(), planned.trigger(), planned.experiment()));
      case StepStarted started -> {
        Progress after = before;
        for (FaultId fault : started.faults()) {
          after = withFault(after, fault, span -> span.of(started.step()));
        }
        yield after;
      }
      case RunFinished _ -> withEnd(before, new Progress.End(false, ""));
      case RunAborted aborted -> withEnd(before, new Progress.End(true, aborted.reason()));
      case RunHalted _, RunReplaced _ -> before;
      case RunSkipped skipped ->
          withSkip(before, new Progress.Skip(skipped.scheduledFor(), skipped.reason()));
    };
  }

  private static Progress after(Progress before, FaultEvent event) {
    return switch (event) {
      case FaultInjected injected ->
          withFault(
              before,
              event.fault(),
              span -> span.startedAt(injected.startedAt()).of(injected.step()));
      case FaultReverted reverted ->
          withFault(before, event.fault(), span -> span.endedAt(reverted.revertedAt()));
      case FaultFailed failed ->
          withFault(before, event.fault(), span -> span.endedAt(failed.failedAt()));
      case FaultRefused _, FaultRehearsed _ -> withFault(before, event.fault(), FaultSpan::refused);
      case FaultConflicted _ -> before;
    };
  }

  private static Progress after(Progress before, HealthEvent event) {
    return switch (event) {
      case ProbeStarted started ->
          withProbe(before, started.startedAt(), before.probeRefused(), before.expected());
      case ProbeRefused _ -> withProbe(before, before.probeStartedAt(), true, before.expected());
      case ProbeFinished finished ->
          withProbe(before, before.probeStartedAt(), before.probeRefused(), finished.windows());
      case HealthWindow window -> withWindow(before, window.probe(), window.index());
      case ExpectationsLearned _, PodHealth _, AlertObserved _ -> before;
    };
  }

  private static Progress withPlan(Progress p, Progress.Plan plan) {
    return new Progress(
        p.run(),
        plan,
        p.skip(),
        p.end(),
        p.probeStartedAt(),
        p.probeRefused(),
        p.expected(),
        p.windows(),
        p.faults(),
        p.judged());
  }

  private static Progress withSkip(Progress p, Progress.Skip skip) {
    return new Progress(
        p.run(),
        p.plan(),
        skip,
        p.end(),
        p.probeStartedAt(),
        p.probeRefused(),
        p.expected(),
        p.windows(),
        p.faults(),
        p.judged());
  }

  /** A run that is told to have finished and to have been aborted was aborted. */
  private static Progress withEnd(Progress p, Progress.End end) {
    return new Progress(
        p.run(),
        p.plan(),
        p.skip(),
        p.end() != null && p.end().aborted() && !end.aborted() ? p.end() : end,
        p.probeStartedAt(),
        p.probeRefused(),
        p.expected(),
        p.windows(),
        p.faults(),
        p.judged());
  }

  private static Progress withProbe(
      Progress p, Instant startedAt, boolean refused, Map<ProbeName, Integer> expected) {
    return new Progress(
        p.run(),
        p.plan(),
        p.skip(),
        p.end(),
        startedAt,
        refused,
        expected,
        p.windows(),
        p.faults(),
        p.judged());
  }

  private static Progress withWindow(Progress p, ProbeName probe, int index) {
    Map<ProbeName, Indices> windows = new HashMap<>(p.windows());
    windows.put(probe, windows.getOrDefault(probe, Indices.NONE).with(index));
    return new Progress(
        p.run(),
        p.plan(),
        p.skip(),
        p.end(),
        p.probeStartedAt(),
        p.probeRefused(),
        p.expected(),
        windows,
        p.faults(),
        p.judged());
  }

  private static Progress withFault(Progress p, FaultId fault, UnaryOperator<FaultSpan> change) {
    Map<FaultId, FaultSpan> faults = new TreeMap<>();
    p.faults().forEach(span -> faults.put(span.fault(), span));
    faults.put(fault, change.apply(faults.getOrDefault(fault, FaultSpan.ordered(fault))));
    return new Progress(
        p.run(),
        p.plan(),
        p.skip(),
        p.end(),
        p.probeStartedAt(),
        p.probeRefused(),
        p.expected(),
        p.windows(),
        List.copyOf(faults.values()),
        p.judged());
  }
}
