package dev.greenstick.injector.simulation;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.experiment.ChaosMesh;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.NetworkDeny;
import dev.greenstick.contracts.experiment.NetworkDeny.Direction;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.experiment.ScaleDown;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The commands of one history, as a seed draws them: every fault, each ordered once, twice, and
 * taken back before or after.
 *
 * @param commands in the order in which Kafka gives them
 * @param faults what was ordered
 * @param revertedFirst the faults that were taken back before they were ordered
 */
record Orders(
    List<Command> commands, Map<FaultId, FaultInject> faults, Set<FaultId> revertedFirst) {

  /** Whose pods the faults are aimed at: as many as there are replicas. */
  static final int REPLICAS = 4;

  private static final Selector ALL = Selector.ofNamespaces("default");

  static Orders draw(Random random) {
    Orders orders = new Orders(new ArrayList<>(), new HashMap<>(), new HashSet<>());
    int faults = 1 + random.nextInt(3);
    for (int i = 0; i < faults; i++) {
      orders.add(i, random);
    }
    return orders;
  }

  private void add(int number, Random random) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(number));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, number);
    FaultInject inject =
        new FaultInject(
            CommandId.of(run.id(), "fault.inject", fault.toString()),
            run,
            Examples.START.plusSeconds(20),
            fault,
            Examples.STEP,
            spec(random));
    FaultRevert revert =
        new FaultRevert(
            CommandId.of(run.id(), "fault.revert", fault.toString()), run, fault, "enough");
    faults.put(fault, inject);
    switch (random.nextInt(4)) {
      case 0 -> {
        commands.add(revert);
        commands.add(inject);
        revertedFirst.add(fault);
      }
      case 1 -> {
        commands.add(inject);
        commands.add(revert);
      }
      default -> {
        commands.add(inject);
        commands.add(inject);
      }
    }
  }

  private static Fault spec(Random random) {
    Duration duration = Duration.ofSeconds(1 + random.nextInt(30));
    return switch (random.nextInt(9)) {
      case 0 ->
          new NetworkDeny(
              random.nextBoolean() ? Mode.ONE : Mode.FIXED, "2", Direction.BOTH, duration, ALL);
      case 1 -> new ScaleDown(random.nextInt(REPLICAS), duration, ALL);
      case 2 -> new NodeDrain(null, duration, ALL);
      case 3 ->
          new ChaosMesh(
              ChaosMesh.Kind.NETWORK_CHAOS,
              Map.of("selector", Map.of("namespaces", List.of("default"))));
      case 4 -> containerKill(random, duration);
      default -> podChaos(random);
    };
  }

  private static PodChaos containerKill(Random random, Duration duration) {
    return new PodChaos(
        PodAction.CONTAINER_KILL,
        random.nextBoolean() ? Mode.ONE : Mode.FIXED,
        "2",
        duration,
        0,
        List.of("server"),
        ALL,
        null);
  }

  private static PodChaos podChaos(Random random) {
    PodAction action = random.nextInt(3) == 0 ? PodAction.POD_KILL : PodAction.POD_FAILURE;
    return new PodChaos(
        action,
        random.nextBoolean() ? Mode.ONE : Mode.FIXED,
        "2",
        Duration.ofSeconds(1 + random.nextInt(30)),
        0,
        null,
        ALL,
        action == PodAction.POD_KILL && random.nextInt(3) == 0 ? true : null);
  }

  /** How many pods a fault may hit at most. */
  static int most(Fault spec) {
    return switch (spec) {
      case PodChaos chaos -> chaos.mode() == Mode.ONE ? 1 : 2;
      case NetworkDeny deny -> deny.mode() == Mode.ONE ? 1 : 2;
      case ScaleDown _, NodeDrain _, ChaosMesh _ -> REPLICAS;
    };
  }

  /** Whether a fault ends pods itself, through the API. */
  static boolean ends(Fault spec) {
    return spec instanceof NodeDrain
        || spec instanceof PodChaos chaos && chaos.action() == PodAction.POD_KILL;
  }

  /** Whether a fault kills containers of pods that stay. */
  static boolean kills(Fault spec) {
    return spec instanceof PodChaos chaos && chaos.action() == PodAction.CONTAINER_KILL;
  }

  /** Whether nothing else was ordered that might change who can be chosen. */
  boolean alone() {
    return faults.size() == 1;
  }
}
