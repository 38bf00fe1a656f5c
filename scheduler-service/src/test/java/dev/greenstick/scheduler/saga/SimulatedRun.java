package dev.greenstick.scheduler.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Action;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Experiment.Branch;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One run in a world that is decided by a seed: agents that are silent, slow, refuse or die;
 * records late, twice and out of order; users who abort. Checks after every signal what must always
 * hold.
 */
final class SimulatedRun {

  static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofDays(7));

  private record Delivery(Instant at, long order, Signal signal) {}

  private final long seed;
  private final RandomGenerator random;
  private final Saga saga = new Saga(TIMEOUTS);
  private final RunPlanned plan;
  private final boolean calm;
  private final PriorityQueue<Delivery> deliveries =
      new PriorityQueue<>(Comparator.comparing(Delivery::at).thenComparing(Delivery::order));

  private Instant now = Examples.START;
  private Instant timer;
  private RunState state = new Unplanned();
  private long order;
  private boolean steadyHeard;
  private final Set<FaultId> ordered = new HashSet<>();
  private final Set<FaultId> endHeard = new HashSet<>();
  private final Set<FaultId> revertOrdered = new HashSet<>();
  private final List<RunEvent> said = new ArrayList<>();

  SimulatedRun(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.calm = random.nextInt(4) == 0;
    this.plan =
        new RunPlanned(
            Examples.RUN,
            Examples.START,
            "requested by alice",
            anExperiment(Examples.experiment()));
  }

  /** Runs until the run is forgotten; how it ended. */
  RunEvent play() {
    deliver(Duration.ZERO, new Signal.Planned(plan));
    if (!calm && random.nextInt(3) == 0) {
      deliver(upTo(200_000), abort(Cause.REQUESTED));
    }
    if (!calm && random.nextInt(4) == 0) {
      deliver(upTo(200_000), abort(Cause.STOP_CONDITION));
    }
    if (!calm && random.nextInt(5) == 0) {
      deliver(upTo(200_000), abort(random.nextBoolean() ? Cause.HALTED : Cause.REPLACED));
    }
    while (!deliveries.isEmpty() || timer != null) {
      if (deliveries.isEmpty() || (timer != null && timer.isBefore(deliveries.peek().at()))) {
        now = timer.isAfter(now) ? timer.plus(upTo(300)) : now;
        apply(new Signal.Tick());
      } else {
        Delivery next = deliveries.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        apply(next.signal());
      }
      if (state instanceof Ended && deliveries.isEmpty()) {
        break;
      }
    }
    return atTheEnd();
  }

  private void apply(Signal signal) {
    hear(signal);
    List<FaultId> openBefore = open(state);
    boolean closing = state instanceof Reverting || state instanceof Stopping;
    Instant before = timer;
    Decision decision = saga.decide(state, signal, now);
    assertThat(saga.decide(state, signal, now)).as(() -> where(signal)).isEqualTo(decision);
    state = decision.state();
    decision.effects().forEach(this::carryOut);
    assertThat(timer).as(() -> where(signal)).isEqualTo(state.wakeUp().orElse(null));
    if (signal instanceof Signal.Tick && before != null && !now.isBefore(before)) {
      assertThat(state.wakeUp().filter(due -> !due.isAfter(now))).as(() -> where(signal)).isEmpty();
    }
    if (state instanceof Reverting && !closing) {
      openBefore.removeAll(endHeard);
      assertThat(revertOrdered).as(() -> where(signal)).containsAll(openBefore);
    }
    assertThat(saga.decide(state, signal, now))
        .as(() -> "twice: " + where(signal))
        .isEqualTo(Decision.stay(state));
    if (order % 10 == 0) {
      assertThat(reread(state)).as(() -> where(signal)).isEqualTo(state);
    }
  }

  private void hear(Signal signal) {
    switch (signal) {
      case Signal.BaselineSteady _ -> steadyHeard = true;
      case Signal.FaultEnded ended -> endHeard.add(ended.fault());
      case Signal.FaultSpoiled spoiled -> endHeard.add(spoiled.fault());
      case Signal.Planned _,
          Signal.Skipped _,
          Signal.ProbeAsks _,
          Signal.ProbeTurnedDown _,
          Signal.ProbeEnded _,
          Signal.FaultBegan _,
          Signal.Abort _,
          Signal.Tick _ -> {}
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.EmitRun emit -> say(emit.event());
      case Effect.EmitCommand emit -> answer(emit.command());
      case Effect.SetTimer set -> timer = set.due();
      case Effect.CancelTimer cancel -> {
        assertThat(cancel.due()).as(() -> where(null)).isEqualTo(timer);
        timer = null;
      }
    }
  }

  private void say(RunEvent event) {
    assertThat(said.stream().filter(SimulatedRun::isEnd)).as(() -> where(null)).isEmpty();
    said.add(event);
  }

  private void answer(Command command) {
    switch (command) {
      case ProbeStart start -> answer(start);
      case ProbeStop _ -> mostly(upTo(2_000), new Signal.ProbeEnded("it was told to stop"));
      case FaultInject inject -> answer(inject);
      case FaultRevert revert -> {
        assertThat(ordered).as(() -> where(null)).contains(revert.fault());
        assertThat(revertOrdered.add(revert.fault())).as(() -> where(null)).isTrue();
        mostly(
            upTo(40_000),
            new Signal.FaultSpoiled(
                revert.fault(), new Ending.Aborted(Cause.REQUESTED, "reverted early")));
      }
    }
  }

  private void answer(ProbeStart start) {
    Duration baseline = plan.experiment().spec().baseline();
    switch (calm ? 9 : random.nextInt(10)) {
      case 0 -> deliver(upTo(20_000), new Signal.ProbeTurnedDown("cannot be resolved"));
      case 1 -> deliver(upTo(20_000), abort(Cause.BASELINE_TOO_THIN));
      case 2 -> deliver(baseline.plus(upTo(20_000)), abort(Cause.BASELINE_UNSTEADY));
      default -> {
        mostly(upTo(1_000), new Signal.ProbeAsks());
        mostly(baseline.plus(upTo(calm ? 2_000 : 18_000)), new Signal.BaselineSteady());
      }
    }
    if (!calm && random.nextInt(6) == 0) {
      deliver(upTo(300_000), new Signal.ProbeEnded("its service was shut down"));
    }
    assertThat(start.longest()).as(() -> where(null)).isGreaterThan(baseline);
  }

  private void answer(FaultInject inject) {
    assertThat(steadyHeard).as(() -> where(null)).isTrue();
    assertThat(ordered.add(inject.fault())).as(() -> where(null)).isTrue();
    FaultId fault = inject.fault();
    switch (calm ? 9 : random.nextInt(12)) {
      case 0 ->
          deliver(
              upTo(25_000),
              new Signal.FaultSpoiled(fault, new Ending.Aborted(Cause.FAULT_REFUSED, "no pods")));
      case 1 ->
          deliver(
              upTo(25_000),
              new Signal.FaultSpoiled(fault, new Ending.Aborted(Cause.FAULT_FAILED, "forbidden")));
      case 2 -> {
        // Never reached.
      }
      default -> {
        Duration began = upTo(calm ? 1_000 : 22_000);
        mostly(began, new Signal.FaultBegan(fault));
        mostly(
            began.plus(inject.spec().duration()).plus(upTo(calm ? 1_000 : 33_000)),
            new Signal.FaultEnded(fault));
      }
    }
  }

  private RunEvent atTheEnd() {
    List<RunEvent> ends = said.stream().filter(SimulatedRun::isEnd).toList();
    assertThat(ends).as(() -> where(null)).hasSize(1);
    switch (ends.getFirst()) {
      case RunFinished _ -> {
        assertThat(endHeard).as(() -> where(null)).containsExactlyInAnyOrderElementsOf(allFaults());
        assertThat(revertOrdered).as(() -> where(null)).isEmpty();
      }
      case RunAborted aborted ->
          assertThat(aborted.faultsReverted())
              .as(() -> where(null))
              .isEqualTo(((Ended) state).faultsReverted());
      case RunPlanned _, StepStarted _, RunHalted _, RunReplaced _, RunSkipped _ ->
          throw new AssertionError(where(null));
    }
    if (ends.getFirst() instanceof RunAborted aborted && aborted.faultsReverted()) {
      assertThat(endHeard).as(() -> where(null)).containsAll(ordered);
    }
    if (calm) {
      assertThat(ends.getFirst()).as(() -> where(null)).isInstanceOf(RunFinished.class);
    }
    return ends.getFirst();
  }

  private List<FaultId> allFaults() {
    return plan.experiment().spec().steps().stream()
        .flatMap(step -> Orders.faults(plan, step).stream())
        .toList();
  }

  private static List<FaultId> open(RunState state) {
    return state instanceof InStep inStep
        ? new ArrayList<>(
            inStep.branches().stream().flatMap(branch -> branch.openFault().stream()).toList())
        : new ArrayList<>();
  }

  private static boolean isEnd(RunEvent event) {
    return event instanceof RunFinished || event instanceof RunAborted;
  }

  /** Lost at times, twice at times. */
  private void mostly(Duration in, Signal signal) {
    if (calm || random.nextInt(12) != 0) {
      deliver(in, signal);
    }
  }

  private void deliver(Duration in, Signal signal) {
    deliveries.add(new Delivery(now.plus(in), order++, signal));
    if (random.nextInt(3) == 0) {
      deliveries.add(new Delivery(now.plus(in).plus(upTo(60_000)), order++, signal));
    }
  }

  private Duration upTo(int millis) {
    return Duration.ofMillis(random.nextInt(millis + 1));
  }

  private static Signal abort(Cause cause) {
    return new Signal.Abort(new Ending.Aborted(cause, "said so"));
  }

  private static RunState reread(RunState state) {
    try {
      return Json.mapper()
          .readValue(
              Json.mapper().writerFor(RunState.class).writeValueAsBytes(state), RunState.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Experiment anExperiment(Experiment like) {
    List<Step> steps = new ArrayList<>();
    for (int step = 0; step <= random.nextInt(3); step++) {
      List<Branch> branches = new ArrayList<>();
      for (int branch = 0; branch <= random.nextInt(2); branch++) {
        List<Action> actions = new ArrayList<>();
        for (int action = 0; action <= random.nextInt(3); action++) {
          actions.add(random.nextInt(4) == 0 ? new Delay(aWhile()) : aFault());
        }
        branches.add(new Branch(actions));
      }
      steps.add(new Step(new StepName("step-" + step), branches));
    }
    Duration recovery = random.nextInt(4) == 0 ? Duration.ZERO : aWhile();
    return new Experiment(
        like.metadata(),
        new Experiment.Spec(
            like.spec().clusters(),
            like.spec().probes(),
            Duration.ofSeconds(5).plus(aWhile()),
            like.spec().hypothesis(),
            steps,
            recovery));
  }

  private PodChaos aFault() {
    PodChaos like = Examples.podChaos();
    return new PodChaos(
        like.action(), like.mode(), like.value(), aWhile(), 0, List.of(), like.selector());
  }

  private Duration aWhile() {
    return Duration.ofNanos(1 + random.nextLong(Duration.ofSeconds(60).toNanos()));
  }

  private String where(Signal signal) {
    return "seed " + seed + " at " + now + " in " + state + (signal == null ? "" : " on " + signal);
  }
}
