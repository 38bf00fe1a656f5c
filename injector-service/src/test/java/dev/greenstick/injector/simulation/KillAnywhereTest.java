package dev.greenstick.injector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
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
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.simulation.Connection.Mishap;
import dev.greenstick.injector.target.Images;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the injector between any two calls, loses calls and answers, lets Kafka go and pods change,
 * and then looks whether every promise was kept. One seed is one history: a failure names it.
 */
class KillAnywhereTest {

  private static final int REPLICAS = 4;
  private static final int SEEDS_A_BLOCK = 250;
  private static final Images ORIGINAL =
      new Images(Map.of("server", "model:1"), Map.of("fetch", "fetcher:3"));

  static LongStream blocks() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void every_promise_is_kept_whatever_happens(long block) {
    for (long seed = block * SEEDS_A_BLOCK; seed < (block + 1) * SEEDS_A_BLOCK; seed++) {
      new History(seed).run();
    }
  }

  private static final class History {

    private final long seed;
    private final Random random;
    private final World world = new World("default");
    private final List<Command> commands = new ArrayList<>();
    private final Map<FaultId, FaultInject> ordered = new HashMap<>();
    private final Set<FaultId> revertedFirst = new HashSet<>();
    private final double kills;
    private final double losses;
    private final boolean restless;
    private int taken;

    History(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.kills = random.nextInt(3) * 0.03;
      this.losses = random.nextInt(3) * 0.03;
      this.restless = random.nextInt(3) == 0;
    }

    void run() {
      world.cluster.deployment("default", "model", REPLICAS);
      world.cluster.node("node-1");
      for (int i = 0; i < REPLICAS; i++) {
        world.cluster.add("default", "model-" + i, Map.of("app", "model"));
      }
      order();
      world.mishaps(this::mishap);
      for (int i = 0; i < 60; i++) {
        try {
          happen();
        } catch (Crash killed) {
          // Kafka gives again what was taken on and not committed.
          taken = Math.max(0, taken - random.nextInt(3));
          world.restart();
          sweepUnlessKilled();
        }
      }
      calmDown();
      check();
    }

    private void order() {
      int faults = 1 + random.nextInt(3);
      for (int i = 0; i < faults; i++) {
        RunRef run =
            RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(i));
        FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, i);
        FaultInject inject =
            new FaultInject(
                CommandId.of(run.id(), "fault.inject", fault.toString()),
                run,
                Examples.START.plusSeconds(20),
                fault,
                Examples.STEP,
                spec());
        FaultRevert revert =
            new FaultRevert(
                CommandId.of(run.id(), "fault.revert", fault.toString()), run, fault, "enough");
        ordered.put(fault, inject);
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
    }

    private Fault spec() {
      Duration duration = Duration.ofSeconds(1 + random.nextInt(30));
      Selector all = Selector.ofNamespaces("default");
      return switch (random.nextInt(8)) {
        case 0 ->
            new NetworkDeny(
                random.nextBoolean() ? Mode.ONE : Mode.FIXED, "2", Direction.BOTH, duration, all);
        case 1 -> new ScaleDown(random.nextInt(REPLICAS), duration, all);
        case 2 -> new NodeDrain(null, duration, all);
        case 3 ->
            new ChaosMesh(
                ChaosMesh.Kind.NETWORK_CHAOS,
                Map.of("selector", Map.of("namespaces", List.of("default"))));
        default -> podChaos();
      };
    }

    private PodChaos podChaos() {
      return new PodChaos(
          random.nextInt(3) == 0 ? PodAction.POD_KILL : PodAction.POD_FAILURE,
          random.nextBoolean() ? Mode.ONE : Mode.FIXED,
          "2",
          Duration.ofSeconds(1 + random.nextInt(30)),
          0,
          null,
          Selector.ofNamespaces("default"),
          null);
    }

    private Mishap mishap() {
      double dice = random.nextDouble();
      if (dice < kills) {
        return random.nextBoolean() ? Mishap.KILLED_BEFORE : Mishap.KILLED_AFTER;
      }
      if (dice < kills + losses) {
        return switch (random.nextInt(3)) {
          case 0 -> Mishap.LOST_BEFORE;
          case 1 -> Mishap.LOST_AFTER;
          default -> Mishap.LATE;
        };
      }
      return Mishap.NONE;
    }

    private void happen() {
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          if (taken < commands.size() && world.deliver(commands.get(taken))) {
            taken++;
          }
        }
        case 2 -> world.passToAlarm(Duration.ofSeconds(random.nextInt(10)));
        case 3 -> world.kafkaAway(random.nextBoolean());
        case 4 -> {
          List<PodRef> pods = world.cluster.pods().stream().map(pod -> pod.ref()).toList();
          PodRef pod = pods.get(random.nextInt(pods.size()));
          if (restless && random.nextInt(4) == 0) {
            world.cluster.replace(pod);
          } else {
            world.cluster.touch(pod);
          }
        }
        case 5 -> world.sweep();
        case 6 -> world.actLate();
        default -> world.step();
      }
    }

    private void sweepUnlessKilled() {
      try {
        world.sweep();
      } catch (Crash killed) {
        world.restart();
      }
    }

    /** The mishaps end, one more injector starts, and time passes. */
    private void calmDown() {
      world.mishaps(() -> Mishap.NONE);
      world.kafkaAway(false);
      for (int i = 0; i < 100; i++) {
        world.actLate();
      }
      world.restart();
      world.sweep();
      for (int i = 0; i < 3; i++) {
        while (taken < commands.size()) {
          assertThat(world.deliver(commands.get(taken))).as("seed %d", seed).isTrue();
          taken++;
        }
        world.pass(Duration.ofMinutes(1));
        world.sweep();
        world.settle();
      }
    }

    private void check() {
      assertThat(world.cluster.pods())
          .as("seed %d: pods at their original images", seed)
          .allSatisfy(
              pod -> {
                assertThat(pod.images()).isEqualTo(ORIGINAL);
                assertThat(pod.annotations()).doesNotContainKey(Hold.ANNOTATION);
                assertThat(pod.labels().keySet())
                    .noneMatch(label -> label.startsWith("greenstick.dev/"));
              });
      assertThat(world.cluster.resources())
          .as("seed %d: nothing but deployment, set and node, as they were", seed)
          .hasSize(3)
          .allSatisfy(
              each -> {
                assertThat(each.label(Hold.LABEL)).isEmpty();
                assertThat(each.annotation(Hold.ANNOTATION)).isEmpty();
                assertThat(each.body().at("/spec/replicas").asInt(REPLICAS)).isEqualTo(REPLICAS);
                assertThat(each.body().at("/spec").has("unschedulable")).isFalse();
              });
      Map<Object, FaultEvent> distinct = new HashMap<>();
      for (FaultEvent event : world.emitted) {
        FaultEvent before =
            distinct.put(Event.of(URI.create("/x"), world.now(), event).id(), event);
        assertThat(before).as("seed %d: one id, one body", seed).isIn(null, event);
      }
      ordered.values().forEach(inject -> check(inject, List.copyOf(distinct.values())));
      assertThat(world.cluster.deleted()).as("seed %d: deleted once", seed).doesNotHaveDuplicates();
      assertThat(world.cluster.open()).as("seed %d: open entries", seed).isEmpty();
    }

    private void check(FaultInject inject, List<FaultEvent> all) {
      String about = "seed %d, fault %s".formatted(seed, inject.fault());
      List<FaultEvent> events =
          all.stream().filter(event -> event.fault().equals(inject.fault())).toList();
      assertThat(events).as(about).noneMatch(FaultConflicted.class::isInstance);
      List<FaultEvent> ends = events.stream().filter(History::isEnd).toList();
      assertThat(ends).as("%s has exactly one end", about).hasSize(1);
      List<FaultInjected> injected =
          events.stream()
              .filter(FaultInjected.class::isInstance)
              .map(FaultInjected.class::cast)
              .toList();
      assertThat(injected).as(about).hasSizeLessThanOrEqualTo(1);
      if (ends.getFirst() instanceof FaultReverted) {
        assertThat(injected).as("%s was injected before it was reverted", about).hasSize(1);
      }
      if (ends.getFirst() instanceof FaultRefused || revertedFirst.contains(inject.fault())) {
        assertThat(injected).as("%s was refused", about).isEmpty();
      }
      if (!injected.isEmpty()) {
        assertThat(first(injected.getFirst()))
            .as("%s: injected before its end", about)
            .isLessThan(first(ends.getFirst()));
        checkVictims(about, inject, injected.getFirst());
      }
    }

    private void checkVictims(String about, FaultInject inject, FaultInjected injected) {
      int most = most(inject.spec());
      assertThat(injected.pods()).as(about).hasSizeBetween(1, most).doesNotHaveDuplicates();
      if (!restless && alone()) {
        assertThat(injected.pods()).as("%s: as many as ordered", about).hasSize(most);
      }
      if (ends(inject.spec()) && !restless && ordered.size() == 1) {
        assertThat(world.cluster.deleted())
            .as("%s: killed exactly what it said", about)
            .containsExactlyInAnyOrderElementsOf(injected.pods());
      }
    }

    private static int most(Fault spec) {
      return switch (spec) {
        case PodChaos chaos -> chaos.mode() == Mode.ONE ? 1 : 2;
        case NetworkDeny deny -> deny.mode() == Mode.ONE ? 1 : 2;
        case ScaleDown _, NodeDrain _, ChaosMesh _ -> REPLICAS;
      };
    }

    private static boolean ends(Fault spec) {
      return spec instanceof NodeDrain
          || spec instanceof PodChaos chaos && chaos.action() == PodAction.POD_KILL;
    }

    private boolean alone() {
      return ordered.size() == 1;
    }

    private int first(FaultEvent event) {
      return IntStream.range(0, world.emitted.size())
          .filter(i -> world.emitted.get(i).equals(event))
          .findFirst()
          .orElseThrow();
    }

    private static boolean isEnd(FaultEvent event) {
      return event instanceof FaultReverted
          || event instanceof FaultRefused
          || event instanceof FaultFailed;
    }
  }
}
