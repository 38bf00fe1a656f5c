package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Action;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Experiment.Branch;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.run.RunPlanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The commands of a run; the same run and object give the same command. */
final class Orders {

  private Orders() {}

  static ProbeStart startProbe(RunPlanned plan, Moment at) {
    Experiment.Spec spec = plan.experiment().spec();
    return new ProbeStart(
        CommandId.of(plan.run().id(), "probe.start", ""),
        plan.run(),
        at.after(at.timeouts().probeStart()),
        spec.probes(),
        watch(spec),
        longest(spec, at.timeouts()),
        spec.baseline(),
        spec.alerts());
  }

  static ProbeStop stopProbe(RunPlanned plan) {
    return new ProbeStop(CommandId.of(plan.run().id(), "probe.stop", ""), plan.run());
  }

  static FaultInject inject(
      RunPlanned plan, StepName step, FaultId fault, Fault spec, Instant deadline) {
    return new FaultInject(
        CommandId.of(plan.run().id(), "fault.inject", fault.toString()),
        plan.run(),
        deadline,
        fault,
        step,
        spec,
        plan.experiment().spec().dryRun());
  }

  static FaultRevert revert(RunPlanned plan, FaultId fault, String reason) {
    return new FaultRevert(
        CommandId.of(plan.run().id(), "fault.revert", fault.toString()), plan.run(), fault, reason);
  }

  /** The faults of a step, in the order of branches and actions. */
  static List<FaultId> faults(RunPlanned plan, Step step) {
    List<FaultId> faults = new ArrayList<>();
    for (int branch = 0; branch < step.branches().size(); branch++) {
      List<Action> actions = step.branches().get(branch).actions();
      for (int action = 0; action < actions.size(); action++) {
        if (actions.get(action) instanceof Fault) {
          faults.add(FaultId.of(plan.run().id(), step.name(), branch, action));
        }
      }
    }
    return faults;
  }

  private static List<PodChaos.Selector> watch(Experiment.Spec spec) {
    return spec.steps().stream()
        .flatMap(step -> step.branches().stream())
        .flatMap(branch -> branch.actions().stream())
        .flatMap(
            action ->
                switch (action) {
                  case Fault fault -> fault.selectors().stream();
                  case Delay _ -> Stream.empty();
                })
        .distinct()
        .toList();
  }

  /** No run that the timeouts let live is left without its probe. */
  private static Duration longest(Experiment.Spec spec, Timeouts timeouts) {
    Duration longest = spec.baseline().plus(timeouts.baselineVerdict()).plus(spec.recovery());
    for (Step step : spec.steps()) {
      longest =
          longest.plus(
              step.branches().stream()
                  .map(branch -> longest(branch, timeouts))
                  .max(Comparator.naturalOrder())
                  .orElse(Duration.ZERO));
    }
    return longest.plus(timeouts.revertMargin()).plus(timeouts.probeFinish());
  }

  private static Duration longest(Branch branch, Timeouts timeouts) {
    return branch.actions().stream()
        .map(
            action ->
                switch (action) {
                  case Fault fault ->
                      timeouts.injectAnswer().plus(fault.duration()).plus(timeouts.revertMargin());
                  case Delay delay -> delay.length();
                })
        .reduce(Duration.ZERO, Duration::plus);
  }
}
