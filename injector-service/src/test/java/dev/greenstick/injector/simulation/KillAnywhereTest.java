package dev.greenstick.injector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.simulation.Connection.Mishap;
import dev.greenstick.injector.target.Images;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the injector between any two calls, loses calls and answers, lets Kafka go and pods change,
 * and then looks whether every promise was kept. One seed is one history: a failure names it.
 */
class KillAnywhereTest {

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
    private final Orders orders;
    private final List<Command> commands;
    private final double kills;
    private final double losses;
    private final boolean restless;
    private int taken;
    private Instant calm;

    History(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.kills = random.nextInt(3) * 0.03;
      this.losses = random.nextInt(3) * 0.03;
      this.restless = random.nextInt(3) == 0;
      this.orders = Orders.draw(random);
      this.commands = orders.commands();
    }

    void run() {
      world.cluster.deployment("default", "model", Orders.REPLICAS);
      world.cluster.node("node-1");
      world.containers.sharing(random.nextBoolean());
      for (int i = 0; i < Orders.REPLICAS; i++) {
        world.cluster.add("default", "model-" + i, Map.of("app", "model"));
      }
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
      calm = world.now();
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
                assertThat(each.body().at("/spec/replicas").asInt(Orders.REPLICAS))
                    .isEqualTo(Orders.REPLICAS);
                assertThat(each.body().at("/spec").has("unschedulable")).isFalse();
              });
      Promises promises =
          new Promises("seed " + seed, orders, world.emitted, world.cluster.deleted(), restless);
      promises.check();
      promises.checkThatAloneAllWereHit(spec -> Orders.REPLICAS);
      promises.checkPunctual(calm);
      promises.checkKilled(world.containers.killed());
      assertThat(world.cluster.open()).as("seed %d: open entries", seed).isEmpty();
    }
  }
}
