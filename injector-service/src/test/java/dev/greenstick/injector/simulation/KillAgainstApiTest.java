package dev.greenstick.injector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.injector.kubernetes.ConfigMapLedger;
import dev.greenstick.injector.kubernetes.KubernetesContainers;
import dev.greenstick.injector.kubernetes.KubernetesPods;
import dev.greenstick.injector.kubernetes.KubernetesResources;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link KillAnywhereTest} does, with the injector's own adapter against the sandbox's API
 * server, controllers and kubelet, request by request over HTTP. One seed is one history.
 */
class KillAgainstApiTest {

  private static final int BLOCKS = 10;
  private static final int SEEDS_A_BLOCK = Integer.getInteger("test.seeds", 200) / BLOCKS;
  private static final long FIRST_SEED = Long.getLong("test.seed", 0);

  static LongStream blocks() {
    return LongStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void every_promise_is_kept_whatever_happens(long block) {
    for (long seed = block * SEEDS_A_BLOCK; seed < (block + 1) * SEEDS_A_BLOCK; seed++) {
      try (History history = new History(FIRST_SEED + seed)) {
        history.run();
      }
    }
  }

  private static final class History implements AutoCloseable {

    private final String about;
    private final Random random;
    private final Orders orders;
    private final List<Command> commands;
    private final boolean restless;
    private final ApiCluster cluster;
    private final ApiMishaps mishaps;
    private final World world;
    private int taken;
    private Instant calm;

    History(long seed) {
      this.about = "seed " + seed;
      this.random = new Random(seed);
      double kills = random.nextInt(3) * 0.03;
      double losses = random.nextInt(3) * 0.05;
      this.restless = random.nextInt(3) == 0;
      this.orders = Orders.draw(random);
      this.commands = orders.commands();
      this.cluster =
          new ApiCluster(Examples.START, new Random(seed), 1 + random.nextInt(2), Orders.REPLICAS);
      if (random.nextInt(3) == 0) {
        cluster.budget(Orders.REPLICAS - 1);
      }
      this.mishaps = new ApiMishaps(cluster, random, kills, losses);
      this.world =
          new World(
              new KubernetesPods(cluster.client()),
              new KubernetesResources(cluster.client()),
              new KubernetesContainers(cluster.client()),
              new ConfigMapLedger(cluster.client(), "greenstick"),
              "default");
      world.besides(cluster.time(), mishaps::killed);
    }

    void run() {
      assertThat(cluster.pods()).as(about).hasSize(Orders.REPLICAS);
      cluster.interfere(mishaps);
      for (int i = 0; i < 60; i++) {
        try {
          happen();
        } catch (Crash killed) {
          // Kafka gives again what was taken on and not committed.
          taken = Math.max(0, taken - random.nextInt(3));
          restart();
          sweepUnlessKilled();
        }
      }
      calmDown();
      check();
    }

    private void restart() {
      mishaps.revive();
      world.restart();
    }

    private void happen() {
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          if (taken < commands.size() && world.deliver(commands.get(taken))) {
            taken++;
          }
        }
        case 2 -> world.passToAlarm(Duration.ofMillis(random.nextInt(10_000)));
        case 3 -> world.kafkaAway(random.nextBoolean());
        case 4 -> disturb();
        case 5 -> world.sweep();
        case 6 -> mishaps.actLate();
        default -> world.step();
      }
    }

    private void disturb() {
      List<PodRef> pods = cluster.pods();
      if (!pods.isEmpty()) {
        PodRef pod = pods.get(random.nextInt(pods.size()));
        if (restless && random.nextInt(4) == 0) {
          cluster.delete(pod);
        } else {
          cluster.touch(ResourceTypes.PODS, pod.namespace(), pod.name());
        }
      }
    }

    private void sweepUnlessKilled() {
      try {
        world.sweep();
      } catch (Crash killed) {
        restart();
      }
    }

    /** The mishaps end, one more injector starts, and time passes. */
    private void calmDown() {
      mishaps.calm();
      world.kafkaAway(false);
      while (mishaps.anyLate()) {
        mishaps.actLate();
      }
      restart();
      calm = world.now();
      assertThat(world.sweep()).as("%s: a sweep that nothing disturbs", about).isTrue();
      for (int i = 0; i < 3; i++) {
        while (taken < commands.size()) {
          assertThat(world.deliver(commands.get(taken))).as(about).isTrue();
          taken++;
        }
        world.pass(World.SWEEP_EVERY);
        world.sweep();
        world.settle();
      }
      world.pass(World.SWEEP_EVERY);
    }

    private void check() {
      List<ObjectNode> pods = cluster.all(ResourceTypes.PODS);
      assertThat(pods)
          .as("%s: as many pods as before, with the images they had", about)
          .hasSize(Orders.REPLICAS)
          .allSatisfy(
              pod -> {
                assertThat(pod.path("spec").path("containers").findValuesAsText("image"))
                    .containsOnly(ApiCluster.IMAGE);
                assertThat(pod.at("/status/phase").asText()).isEqualTo("Running");
                assertUntouched(pod);
              });
      List.of(ResourceTypes.DEPLOYMENTS, ResourceTypes.REPLICA_SETS, ResourceTypes.NODES)
          .forEach(type -> cluster.all(type).forEach(this::assertUntouched));
      assertThat(cluster.all(ResourceTypes.DEPLOYMENTS).getFirst().at("/spec/replicas").asInt())
          .as(about)
          .isEqualTo(Orders.REPLICAS);
      assertThat(cluster.all(ResourceTypes.NODES))
          .as(about)
          .noneMatch(node -> node.at("/spec/unschedulable").asBoolean());
      assertThat(cluster.all(ResourceTypes.NETWORK_POLICIES)).as(about).isEmpty();
      assertThat(cluster.all(ResourceTypes.CONFIG_MAPS))
          .as("%s: nothing is open in the ledger", about)
          .noneMatch(map -> map.at("/metadata/labels").toString().contains("\"open\""));
      Promises promises = new Promises(about, orders, world.emitted, cluster.ended(), restless);
      promises.check();
      promises.checkThatAloneAllWereHit(
          // A drain takes one node, on which there is at least one.
          spec -> spec instanceof NodeDrain ? 1 : Orders.REPLICAS);
      promises.checkPunctual(calm);
    }

    private void assertUntouched(ObjectNode object) {
      for (String kept : List.of("/metadata/labels", "/metadata/annotations")) {
        List<String> keys = new ArrayList<>();
        object.at(kept).fieldNames().forEachRemaining(keys::add);
        assertThat(keys).as(about).noneMatch(key -> key.startsWith("greenstick.dev/"));
      }
    }

    @Override
    public void close() {
      cluster.close();
    }
  }
}
