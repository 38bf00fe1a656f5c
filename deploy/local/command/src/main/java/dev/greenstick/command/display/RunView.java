package dev.greenstick.command.display;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Fault;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a run from the events seen so far. Immutable; {@link #after} gives the next. It
 * is for looking at only: the verdict comes from the verdict service.
 *
 * @param experiment what is run; empty until the run is planned
 * @param stage where the run stands
 * @param probing since when the model is asked; empty before
 * @param history its predictions by second, and by phase
 * @param faults every fault that was injected, in the order of injection
 * @param pods every watched pod by its UID, in the order in which they were first seen
 * @param baseline how the baseline was judged, once it was
 * @param end why the run was aborted, once it was
 * @param verdict the verdict, once it is reached
 */
public record RunView(
    Optional<Experiment> experiment,
    Stage stage,
    Optional<Instant> probing,
    History history,
    Map<FaultId, LiveFault> faults,
    Map<String, PodSeen> pods,
    Optional<BaselineJudged> baseline,
    Optional<RunAborted> end,
    Optional<VerdictReached> verdict) {

  /** Nothing is known yet. */
  public static final RunView EMPTY =
      new RunView(
          Optional.empty(),
          new Stage.Waiting(),
          Optional.empty(),
          History.EMPTY,
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * A fault that was injected.
   *
   * @param injected how and into which pods
   * @param revertedAt when it was over; empty while it is live
   */
  public record LiveFault(FaultInjected injected, Optional<Instant> revertedAt) {}

  /** Whether the model is being asked, or was. */
  public boolean isAsked() {
    return probing.isPresent();
  }

  /** Whether nothing more is to come. */
  public boolean isJudged() {
    return verdict.isPresent();
  }

  /** Whether a fault may be in the cluster. */
  public boolean hasLiveFault() {
    return stage instanceof Stage.Ordered
        || faults.values().stream().anyMatch(fault -> fault.revertedAt().isEmpty());
  }

  /** What is known once this event is, too. */
  public RunView after(RunData event) {
    return switch (event) {
      case RunEvent run -> afterRun(run);
      case FaultEvent fault -> afterFault(fault);
      case HealthEvent health -> afterHealth(health);
      case VerdictEvent verdict -> afterVerdict(verdict);
      default ->
          throw new IllegalArgumentException(event.getClass() + " is of no topic that is followed");
    };
  }

  /** When the first prediction was asked for that was answered; empty while none was. */
  public Optional<Instant> firstPrediction() {
    return history.firstPrediction();
  }

  private RunView afterRun(RunEvent event) {
    return switch (event) {
      case RunPlanned planned ->
          new RunView(
              Optional.of(planned.experiment()),
              stage,
              probing,
              history,
              faults,
              pods,
              baseline,
              end,
              verdict);
      case StepStarted step -> at(new Stage.Ordered(step.step()));
      case RunHalted _, RunReplaced _ -> this;
      case RunFinished finished -> ended(Optional.empty());
      case RunAborted aborted -> ended(Optional.of(aborted));
      case RunSkipped skipped -> at(new Stage.Judging());
    };
  }

  private RunView ended(Optional<RunAborted> how) {
    Stage next = verdict.isPresent() ? new Stage.Judged() : new Stage.Judging();
    return new RunView(experiment, next, probing, history, faults, pods, baseline, how, verdict);
  }

  private RunView afterFault(FaultEvent event) {
    return switch (event) {
      case FaultInjected injected -> injected(injected);
      case FaultReverted reverted -> over(reverted.fault(), reverted.revertedAt());
      case FaultFailed failed -> over(failed.fault(), failed.failedAt());
      case FaultRefused refused -> this;
      case FaultRehearsed rehearsed -> this;
      case FaultConflicted conflicted -> this;
    };
  }

  private RunView injected(FaultInjected injected) {
    Map<FaultId, LiveFault> next = new LinkedHashMap<>(faults);
    next.put(injected.fault(), new LiveFault(injected, Optional.empty()));
    List<String> hit = injected.pods().stream().map(PodRef::uid).toList();
    Map<String, PodSeen> marked = new LinkedHashMap<>(pods);
    hit.forEach(uid -> marked.computeIfPresent(uid, (key, pod) -> pod.wasHit()));
    return withFaults(next, marked);
  }

  private RunView over(FaultId fault, Instant at) {
    if (!faults.containsKey(fault)) {
      return this;
    }
    Map<FaultId, LiveFault> next = new LinkedHashMap<>(faults);
    next.computeIfPresent(fault, (key, live) -> new LiveFault(live.injected(), Optional.of(at)));
    return withFaults(next, pods);
  }

  private RunView withFaults(Map<FaultId, LiveFault> next, Map<String, PodSeen> marked) {
    return new RunView(
        experiment,
        stageOf(next.values()),
        probing,
        history.cutBy(next.values()),
        next,
        marked,
        baseline,
        end,
        verdict);
  }

  private Stage stageOf(Collection<LiveFault> faults) {
    List<FaultInjected> live =
        faults.stream()
            .filter(fault -> fault.revertedAt().isEmpty())
            .map(LiveFault::injected)
            .toList();
    if (!live.isEmpty()) {
      return new Stage.Live(
          live.stream().map(FaultInjected::startedAt).min(Instant::compareTo).orElseThrow(),
          live.stream().map(FaultInjected::revertBy).max(Instant::compareTo).orElseThrow());
    }
    if (faults.size() < ordered()) {
      return new Stage.Between();
    }
    Instant last =
        faults.stream()
            .flatMap(fault -> fault.revertedAt().stream())
            .max(Instant::compareTo)
            .orElseThrow();
    return new Stage.Recovery(last, last.plus(length(Experiment.Spec::recovery)));
  }

  /** How many faults the method has. */
  private long ordered() {
    return experiment.stream()
        .flatMap(known -> known.spec().steps().stream())
        .flatMap(step -> step.branches().stream())
        .flatMap(branch -> branch.actions().stream())
        .filter(Fault.class::isInstance)
        .count();
  }

  private Duration length(Function<Experiment.Spec, Duration> part) {
    return experiment.map(Experiment::spec).map(part).orElse(Duration.ZERO);
  }

  private RunView afterHealth(HealthEvent event) {
    return switch (event) {
      case ProbeStarted started ->
          probing(started.startedAt())
              .at(
                  new Stage.Baseline(
                      started.startedAt(),
                      started.startedAt().plus(length(Experiment.Spec::baseline))));
      case HealthWindow window ->
          new RunView(
              experiment,
              stage,
              probing,
              history.plus(window, faults.values()),
              faults,
              pods,
              baseline,
              end,
              verdict);
      case PodHealth health -> seen(health);
      case ProbeRefused refused -> this;
      case ExpectationsLearned learned -> this;
      case AlertObserved alert -> this;
      case ProbeFinished finished -> this;
    };
  }

  private RunView seen(PodHealth health) {
    Map<String, PodSeen> next = new LinkedHashMap<>(pods);
    next.compute(
        health.pod().uid(),
        (uid, known) ->
            known == null ? new PodSeen(health, health, isHit(health.pod())) : known.now(health));
    return new RunView(experiment, stage, probing, history, faults, next, baseline, end, verdict);
  }

  private RunView probing(Instant since) {
    return new RunView(
        experiment, stage, Optional.of(since), history, faults, pods, baseline, end, verdict);
  }

  private boolean isHit(PodRef pod) {
    return faults.values().stream().anyMatch(fault -> fault.injected().pods().contains(pod));
  }

  private RunView afterVerdict(VerdictEvent event) {
    return switch (event) {
      case BaselineJudged judged ->
          new RunView(
              experiment, stage, probing, history, faults, pods, Optional.of(judged), end, verdict);
      case StopConditionBreached breached -> this;
      case VerdictReached reached ->
          new RunView(
              experiment,
              new Stage.Judged(),
              probing,
              history,
              faults,
              pods,
              baseline,
              end,
              Optional.of(reached));
    };
  }

  /**
   * Stages follow one another; what comes late, because topics have no order among them, moves
   * nothing back.
   */
  private RunView at(Stage next) {
    Objects.requireNonNull(next, "next");
    boolean late = verdict.isPresent() || (next instanceof Stage.Baseline && !faults.isEmpty());
    return late
        ? this
        : new RunView(experiment, next, probing, history, faults, pods, baseline, end, verdict);
  }
}
