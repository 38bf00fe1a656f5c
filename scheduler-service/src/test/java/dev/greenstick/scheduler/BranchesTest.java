package dev.greenstick.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Experiment.Branch;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.StepStarted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches of a step go on side by side, actions of a branch in order, steps one by one. */
class BranchesTest {

  private static final StepName BOTH = new StepName("both");
  private static final StepName LAST = new StepName("last");
  private static final FaultId FIRST = FaultId.of(Examples.RUN.id(), BOTH, 0, 0);
  private static final FaultId AFTER_A_WHILE = FaultId.of(Examples.RUN.id(), BOTH, 1, 1);
  private static final FaultId OF_THE_LAST = FaultId.of(Examples.RUN.id(), LAST, 0, 0);

  private DrivenScheduler scheduler;

  @BeforeEach
  void untilTheFirstStep(@TempDir Path state) {
    scheduler = new DrivenScheduler(state);
    scheduler.define(new ExperimentDefined(experiment()));
    scheduler.request(Examples.runRequested());
    scheduler.health(Examples.probeStarted());
    scheduler.tick(Duration.ofSeconds(20));
    scheduler.verdict(Examples.baselineJudged());
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void theStepIsOverWhenEveryBranchIs() {
    // When
    assertThat(ordered()).containsExactly(FIRST);
    injected(FIRST, BOTH);
    scheduler.tick(Duration.ofSeconds(5));
    assertThat(ordered()).containsExactly(AFTER_A_WHILE);
    injected(AFTER_A_WHILE, BOTH);
    reverted(AFTER_A_WHILE, BOTH);
    assertThat(ordered()).isEmpty();
    reverted(FIRST, BOTH);

    // Then
    assertThat(ordered()).containsExactly(OF_THE_LAST);
    assertThat(told())
        .satisfiesExactly(
            planned -> assertThat(planned).isInstanceOf(RunPlanned.class),
            both ->
                assertThat(both)
                    .isEqualTo(new StepStarted(Examples.RUN, BOTH, List.of(FIRST, AFTER_A_WHILE))),
            last ->
                assertThat(last)
                    .isEqualTo(new StepStarted(Examples.RUN, LAST, List.of(OF_THE_LAST))));
  }

  @Test
  void aFaultThatIsRefusedRevertsThoseOfTheOtherBranches() {
    // Given
    injected(FIRST, BOTH);
    scheduler.tick(Duration.ofSeconds(5));

    // When
    scheduler.fault(
        new FaultRefused(
            Examples.RUN, AFTER_A_WHILE, BOTH, List.of(new Problem("", "the pod is taken"))));
    reverted(FIRST, BOTH);
    scheduler.health(Examples.probeFinished());

    // Then
    assertThat(commands())
        .satisfiesExactly(
            start -> assertThat(start).isInstanceOf(ProbeStart.class),
            first -> assertThat(first).isInstanceOf(FaultInject.class),
            second -> assertThat(second).isInstanceOf(FaultInject.class),
            revert -> assertThat(((FaultRevert) revert).fault()).isEqualTo(FIRST),
            stop -> assertThat(stop).isInstanceOf(ProbeStop.class));
    assertThat(told())
        .last()
        .isEqualTo(
            new RunAborted(
                Examples.RUN,
                RunAborted.Cause.FAULT_REFUSED,
                "the injector refused the fault of step both: the pod is taken",
                true));
  }

  /** Nobody knows what a fault did whose injector never answers: the run's state is unknown. */
  @Test
  void anInjectorThatIsNeverReachedLeavesTheRunUnknown() {
    // When
    scheduler.tick(DrivenScheduler.TIMEOUTS.injectAnswer());
    scheduler.tick(DrivenScheduler.TIMEOUTS.revertMargin());
    scheduler.health(Examples.probeFinished());

    // Then
    assertThat(told())
        .last()
        .isInstanceOfSatisfying(
            RunAborted.class,
            aborted -> {
              assertThat(aborted.cause()).isEqualTo(RunAborted.Cause.AGENT_SILENT);
              assertThat(aborted.faultsReverted()).isFalse();
            });
  }

  private static Experiment experiment() {
    Experiment like = Examples.experiment();
    Experiment.Spec spec = like.spec();
    Branch one = new Branch(List.of(Examples.podChaos()));
    Branch later = new Branch(List.of(new Delay(Duration.ofSeconds(5)), Examples.podChaos()));
    return new Experiment(
        like.metadata(),
        new Experiment.Spec(
            spec.clusters(),
            spec.probes(),
            spec.baseline(),
            spec.hypothesis(),
            List.of(new Step(BOTH, List.of(one, later)), new Step(LAST, List.of(one))),
            spec.recovery()));
  }

  private void injected(FaultId fault, StepName step) {
    FaultInjected like = Examples.faultInjected();
    scheduler.fault(
        new FaultInjected(
            Examples.RUN,
            fault,
            step,
            like.spec(),
            like.candidates(),
            like.pods(),
            like.startedAt(),
            like.injectedAt(),
            like.revertBy(),
            like.method()));
  }

  private void reverted(FaultId fault, StepName step) {
    FaultReverted like = Examples.faultReverted();
    scheduler.fault(
        new FaultReverted(
            Examples.RUN,
            fault,
            step,
            like.cause(),
            like.reason(),
            like.pods(),
            like.revertedAt()));
  }

  private List<EventData> commands() {
    return scheduler.out(Topics.commands(Examples.CLUSTER)).stream()
        .map(DrivenScheduler.Out::data)
        .toList();
  }

  private List<FaultId> ordered() {
    return commands().stream()
        .filter(FaultInject.class::isInstance)
        .map(command -> ((FaultInject) command).fault())
        .toList();
  }

  private List<EventData> told() {
    return scheduler.out(Topics.RUNS).stream().map(DrivenScheduler.Out::data).toList();
  }
}
