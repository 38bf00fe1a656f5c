package dev.greenstick.scheduler.saga;

import dev.greenstick.contracts.experiment.Action;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.contracts.wire.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A step of the method is being carried out.
 *
 * @param plan what is carried out
 * @param step which step, counted from 0
 * @param branches where each of its branches stands, in their order
 */
public record InStep(RunPlanned plan, int step, List<BranchState> branches)
    implements RunState.UnderWay {

  public InStep {
    branches = List.copyOf(branches);
  }

  @Override
  public Optional<Instant> wakeUp() {
    return branches.stream()
        .map(BranchState::due)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** The step's own part of the definition. */
  public Step definition() {
    return plan.experiment().spec().steps().get(step);
  }

  /** The steps from this one on; after the last comes the recovery. */
  static Decision begin(RunPlanned plan, int step, Moment at) {
    if (step == plan.experiment().spec().steps().size()) {
      return Recovering.begin(plan, at);
    }
    Step definition = plan.experiment().spec().steps().get(step);
    List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect.EmitRun(
            new StepStarted(plan.run(), definition.name(), Orders.faults(plan, definition))));
    List<BranchState> branches = new ArrayList<>();
    for (int branch = 0; branch < definition.branches().size(); branch++) {
      branches.add(go(plan, definition, branch, 0, at, effects));
    }
    return new InStep(plan, step, branches).onwards(at).afterwards(effects);
  }

  /** An injected fault is live for its duration, counted from when the scheduler hears of it. */
  Decision faultBegan(FaultId fault, Moment at) {
    List<BranchState> next =
        branches.stream()
            .map(
                branch ->
                    branch instanceof BranchState.Ordered ordered && ordered.fault().equals(fault)
                        ? live(ordered, branches.indexOf(branch), at)
                        : branch)
            .toList();
    return Decision.stay(new InStep(plan, step, next));
  }

  Decision faultEnded(FaultId fault, Moment at) {
    List<Effect> effects = new ArrayList<>();
    List<BranchState> next = new ArrayList<>(branches);
    for (int branch = 0; branch < next.size(); branch++) {
      int action =
          switch (next.get(branch)) {
            case BranchState.Ordered ordered when ordered.fault().equals(fault) -> ordered.action();
            case BranchState.Live live when live.fault().equals(fault) -> live.action();
            case BranchState.Ordered _,
                BranchState.Live _,
                BranchState.Waiting _,
                BranchState.Done _ ->
                -1;
          };
      if (action >= 0) {
        next.set(branch, go(plan, definition(), branch, action + 1, at, effects));
      }
    }
    return new InStep(plan, step, next).onwards(at).afterwards(effects);
  }

  /** A fault of an earlier step, or of none, spoils nothing. */
  Decision faultSpoiled(FaultId fault, Ending.Aborted why, Moment at) {
    List<FaultId> open = openFaults();
    return open.remove(fault) ? Closing.revert(plan, why, open, false, at) : Decision.stay(this);
  }

  Decision probeGone(Ending.Aborted why, Moment at) {
    return Closing.revert(plan, why, openFaults(), true, at);
  }

  Decision abort(Ending.Aborted why, Moment at) {
    return Closing.revert(plan, why, openFaults(), false, at);
  }

  Decision tick(Moment at) {
    List<Effect> effects = new ArrayList<>();
    List<BranchState> next = new ArrayList<>(branches);
    for (int branch = 0; branch < next.size(); branch++) {
      BranchState current = next.get(branch);
      if (current.due().filter(at::reached).isEmpty()) {
        continue;
      }
      switch (current) {
        case BranchState.Ordered _ -> {
          return abort(silent("answer fault.inject", at.timeouts().injectAnswer()), at);
        }
        case BranchState.Live _ -> {
          return abort(
              silent("end the fault after its duration", at.timeouts().revertMargin()), at);
        }
        case BranchState.Waiting waiting ->
            next.set(branch, go(plan, definition(), branch, waiting.action() + 1, at, effects));
        case BranchState.Done _ -> {}
      }
    }
    return new InStep(plan, step, next).onwards(at).afterwards(effects);
  }

  private Decision onwards(Moment at) {
    return branches.stream().allMatch(BranchState.Done.class::isInstance)
        ? begin(plan, step + 1, at)
        : Decision.stay(this);
  }

  private BranchState live(BranchState.Ordered ordered, int branch, Moment at) {
    Action action = definition().branches().get(branch).actions().get(ordered.action());
    return switch (action) {
      case Fault fault ->
          new BranchState.Live(
              ordered.action(),
              ordered.fault(),
              at.after(fault.duration().plus(at.timeouts().revertMargin())));
      case Delay _ ->
          throw new IllegalStateException("run " + plan.run().id() + " ordered a delay as a fault");
    };
  }

  private static BranchState go(
      RunPlanned plan, Step step, int branch, int action, Moment at, List<Effect> effects) {
    List<Action> actions = step.branches().get(branch).actions();
    if (action == actions.size()) {
      return new BranchState.Done();
    }
    return switch (actions.get(action)) {
      case Fault fault -> {
        FaultId id = FaultId.of(plan.run().id(), step.name(), branch, action);
        Instant answerBy = at.after(at.timeouts().injectAnswer());
        effects.add(new Effect.EmitCommand(Orders.inject(plan, step.name(), id, fault, answerBy)));
        yield new BranchState.Ordered(action, id, answerBy);
      }
      case Delay delay -> new BranchState.Waiting(action, at.after(delay.length()));
    };
  }

  private Ending.Aborted silent(String what, Duration within) {
    return new Ending.Aborted(
        Cause.AGENT_SILENT,
        "the injector of cluster "
            + plan.run().cluster()
            + " did not "
            + what
            + " within "
            + GoDuration.format(within)
            + ", in step "
            + definition().name());
  }

  /** A list of its own, to take from. */
  private List<FaultId> openFaults() {
    return new ArrayList<>(
        branches.stream().map(BranchState::openFault).flatMap(Optional::stream).toList());
  }
}
