package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.experiment.NetworkDeny;
import dev.greenstick.contracts.experiment.NetworkDeny.Direction;
import dev.greenstick.contracts.experiment.NodeDrain;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.experiment.ScaleDown;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ConformanceImages;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.simulation.World;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each fault by what an API server shows while it lasts and afterwards, under the role that ships:
 * the sandbox's, or that of {@code greenstick.kubeconfig}.
 */
class FaultConformanceTest {

  private static final Duration DURATION = Duration.ofSeconds(30);

  private final TestCluster cluster = TestCluster.shared();
  private final String app = "conformance-" + UUID.randomUUID();
  private final World world =
      new World(
          new KubernetesPods(cluster.injector()),
          new KubernetesResources(cluster.injector()),
          new KubernetesContainers(cluster.injector()),
          new ConfigMapLedger(cluster.injector(), "greenstick"),
          "default");
  private int faults;

  @AfterEach
  void tidy() {
    cluster.admin().apps().deployments().inNamespace("default").withName(app).delete();
    cluster.admin().pods().inNamespace("default").withLabel("app", app).withGracePeriod(0).delete();
  }

  private Selector selector() {
    return Selector.ofLabels("default", Map.of("app", app));
  }

  private PodRef pod() {
    return cluster.make("default", "conformance", Map.of("app", app));
  }

  private Pod get(PodRef pod) {
    return cluster.admin().pods().inNamespace("default").withName(pod.name()).get();
  }

  private void deployment(int replicas) {
    Deployment made =
        cluster
            .admin()
            .resource(
                new DeploymentBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName(app)
                    .endMetadata()
                    .withNewSpec()
                    .withReplicas(replicas)
                    .withNewSelector()
                    .addToMatchLabels("app", app)
                    .endSelector()
                    .withNewTemplate()
                    .withNewMetadata()
                    .addToLabels("app", app)
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("server")
                    .withImage(ConformanceImages.MODEL)
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build())
            .create();
    assertThat(
            cluster
                .admin()
                .resource(made)
                .waitUntilCondition(
                    each ->
                        each != null
                            && each.getStatus().getReadyReplicas() != null
                            && each.getStatus().getReadyReplicas() == replicas,
                    60,
                    TimeUnit.SECONDS))
        .isNotNull();
  }

  private int replicas() {
    return cluster
        .admin()
        .apps()
        .deployments()
        .inNamespace("default")
        .withName(app)
        .get()
        .getSpec()
        .getReplicas();
  }

  private FaultInject deliver(Fault spec) {
    RunRef run =
        RunRef.of(
            Examples.EXPERIMENT,
            Examples.CLUSTER,
            Examples.START
                .minusSeconds(Math.floorMod(app.hashCode(), 1_000_000))
                .minusSeconds(++faults));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    FaultInject command =
        new FaultInject(
            CommandId.of(run.id(), "fault.inject", fault.toString()),
            run,
            world.now().plusSeconds(20),
            fault,
            Examples.STEP,
            spec);
    assertThat(world.deliver(command)).isTrue();
    world.settle();
    return command;
  }

  private void revert(FaultInject command) {
    CommandId id = CommandId.of(command.run().id(), "fault.revert", command.fault().toString());
    assertThat(world.deliver(new FaultRevert(id, command.run(), command.fault(), "enough")))
        .isTrue();
    world.settle();
  }

  private PodChaos podChaos(PodAction action, Boolean respectsBudgets) {
    return new PodChaos(action, Mode.ALL, null, DURATION, 0, null, selector(), respectsBudgets);
  }

  private List<PodOutcome> outcomes() {
    assertThat(world.emitted(FaultReverted.class)).as("%s", world.emitted).isNotEmpty();
    return world.emitted(FaultReverted.class).getLast().pods().stream()
        .map(FaultReverted.PodEnd::outcome)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void overlapping_pod_failures_end_at_the_originals_in_either_order(boolean firstEndsFirst) {
    // Given
    PodRef pod = pod();
    FaultInject first = deliver(podChaos(PodAction.POD_FAILURE, null));
    world.restart();
    FaultInject second = deliver(podChaos(PodAction.POD_FAILURE, null));

    // When
    revert(firstEndsFirst ? first : second);
    String between = image(pod);
    world.restart();
    world.sweep();
    revert(firstEndsFirst ? second : first);

    // Then
    assertThat(between).isEqualTo(World.PAUSE);
    assertThat(image(pod)).isEqualTo(ConformanceImages.MODEL);
    assertThat(get(pod).getMetadata().getAnnotations()).doesNotContainKey(Hold.ANNOTATION);
  }

  private String image(PodRef pod) {
    return get(pod).getSpec().getContainers().getFirst().getImage();
  }

  @Test
  void pod_kill_that_respects_budgets_reports_their_refusal() {
    // Given
    PodRef pod = pod();
    var budget =
        cluster
            .admin()
            .resource(
                new PodDisruptionBudgetBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName(app)
                    .endMetadata()
                    .withNewSpec()
                    .withMinAvailable(new IntOrString(1))
                    .withNewSelector()
                    .addToMatchLabels("app", app)
                    .endSelector()
                    .endSpec()
                    .build());
    assertThat(budget.create()).isNotNull();
    assertThat(
            budget.waitUntilCondition(
                each ->
                    each != null
                        && each.getStatus() != null
                        && each.getStatus().getObservedGeneration() != null,
                30,
                TimeUnit.SECONDS))
        .isNotNull();

    // When
    deliver(podChaos(PodAction.POD_KILL, true));
    world.pass(DURATION);
    budget.delete();

    // Then
    assertThat(world.emitted(FaultFailed.class))
        .as("%s", world.emitted)
        .singleElement()
        .extracting(FaultFailed::reason)
        .asString()
        .contains("disruption budget");
    assertThat(get(pod)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void network_deny_has_a_policy_for_the_pod_while_it_lasts(Direction direction) {
    // Given
    PodRef pod = pod();

    // When
    FaultInject command = deliver(new NetworkDeny(Mode.ALL, null, direction, DURATION, selector()));
    List<NetworkPolicy> meanwhile = policies(command);
    Map<String, String> labels = get(pod).getMetadata().getLabels();
    world.pass(DURATION);

    // Then
    assertThat(meanwhile).hasSize(1);
    assertThat(meanwhile.getFirst().getSpec().getPolicyTypes())
        .isEqualTo(
            switch (direction) {
              case INGRESS -> List.of("Ingress");
              case EGRESS -> List.of("Egress");
              case BOTH -> List.of("Ingress", "Egress");
            });
    assertThat(labels.entrySet())
        .containsAll(meanwhile.getFirst().getSpec().getPodSelector().getMatchLabels().entrySet());
    assertThat(policies(command)).isEmpty();
    assertThat(get(pod).getMetadata().getLabels()).isEqualTo(Map.of("app", app));
    assertThat(outcomes()).containsExactly(PodOutcome.RESTORED);
  }

  private List<NetworkPolicy> policies(FaultInject command) {
    return cluster
        .admin()
        .network()
        .v1()
        .networkPolicies()
        .inNamespace("default")
        .withLabel(Hold.LABEL, command.fault().toString())
        .list()
        .getItems();
  }

  @Test
  void scale_down_is_set_back() {
    // Given
    deployment(2);

    // When
    deliver(new ScaleDown(1, DURATION, selector()));
    int meanwhile = replicas();
    world.pass(DURATION);

    // Then
    assertThat(world.emitted(FaultInjected.class)).as("%s", world.emitted).hasSize(1);
    assertThat(meanwhile).isEqualTo(1);
    assertThat(replicas()).isEqualTo(2);
  }

  @Test
  void scale_down_leaves_what_somebody_changed_meanwhile() {
    // Given
    deployment(2);
    deliver(new ScaleDown(1, DURATION, selector()));
    assertThat(cluster.admin().apps().deployments().inNamespace("default").withName(app).scale(3))
        .isNotNull();

    // When
    world.pass(DURATION);

    // Then
    assertThat(replicas()).isEqualTo(3);
    assertThat(outcomes()).containsOnly(PodOutcome.CHANGED_MEANWHILE);
  }

  @Test
  void node_drain_cordons_evicts_and_uncordons_one_node_at_a_time() {
    // Given
    PodRef pod = pod();
    String node = get(pod).getSpec().getNodeName();

    // When
    deliver(new NodeDrain(0L, DURATION, selector()));
    Boolean meanwhile = cordoned(node);
    PodRef other = pod();
    deliver(new NodeDrain(0L, DURATION, selector()));
    world.pass(DURATION);

    // Then
    assertThat(world.emitted(FaultInjected.class)).as("%s", world.emitted).hasSize(1);
    assertThat(meanwhile).isTrue();
    assertThat(world.emitted(FaultRefused.class))
        .singleElement()
        .asString()
        .contains("one node at a time");
    assertThat(cordoned(node)).isNotEqualTo(true);
    assertThat(get(pod)).isNull();
    assertThat(get(other)).isNotNull();
  }

  private Boolean cordoned(String node) {
    return cluster.admin().nodes().withName(node).get().getSpec().getUnschedulable();
  }
}
