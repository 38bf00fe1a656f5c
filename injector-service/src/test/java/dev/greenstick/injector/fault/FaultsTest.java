package dev.greenstick.injector.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
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
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.PodEnd;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.cluster.Pods.Written;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.simulation.World;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each fault by what the cluster looks like while it lasts and afterwards, over one in memory. */
class FaultsTest {

  private static final Duration DURATION = Duration.ofSeconds(30);
  private static final Selector DEFAULT = Selector.ofNamespaces("default");

  private final World world = new World("default");
  private final ResourceRef deployment = world.cluster.deployment("default", "model", 3);
  private final ResourceRef node = world.cluster.node("node-1");
  private final List<PodRef> pods =
      IntStream.range(0, 3)
          .mapToObj(i -> world.cluster.add("default", "model-" + i, Map.of("app", "model")))
          .toList();
  private int faults;

  private FaultInject inject(Fault spec) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(++faults));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        Examples.START.plusSeconds(20),
        fault,
        Examples.STEP,
        spec);
  }

  private FaultInject deliver(Fault spec) {
    FaultInject command = inject(spec);
    assertThat(world.deliver(command)).isTrue();
    world.settle();
    return command;
  }

  private int replicas() {
    return resource(deployment).body().at("/spec/replicas").asInt();
  }

  private boolean cordoned() {
    return resource(node).body().path("spec").has("unschedulable");
  }

  private Resource resource(ResourceRef ref) {
    return world.cluster.get(ref).orElseThrow();
  }

  private List<Resource> policies() {
    return world.cluster.list(ResourceType.NETWORK_POLICY, "default", "");
  }

  private List<Resource> chaosResources() {
    return world.cluster.resources().stream()
        .filter(each -> each.ref().type().group().equals("chaos-mesh.org"))
        .toList();
  }

  private List<PodOutcome> outcomes() {
    return world.emitted(FaultReverted.class).getLast().pods().stream()
        .map(PodEnd::outcome)
        .toList();
  }

  private String refusal() {
    return world.emitted(FaultRefused.class).getFirst().problems().getFirst().message();
  }

  private static ChaosMesh chaosMesh() {
    return new ChaosMesh(
        ChaosMesh.Kind.NETWORK_CHAOS,
        Map.of(
            "action",
            "delay",
            "mode",
            "all",
            "selector",
            Map.of("namespaces", List.of("default")),
            "delay",
            Map.of("latency", "10ms")));
  }

  private static PodChaos eviction() {
    return new PodChaos(PodAction.POD_KILL, Mode.ONE, null, DURATION, 0, null, DEFAULT, true);
  }

  @Test
  void network_deny_has_a_policy_for_each_pod_until_it_ends() {
    // When
    deliver(new NetworkDeny(Mode.FIXED, "2", Direction.INGRESS, DURATION, DEFAULT));
    List<Resource> meanwhile = policies();
    world.pass(DURATION);

    // Then
    assertThat(world.emitted(FaultInjected.class).getFirst().pods()).hasSize(2);
    assertThat(meanwhile)
        .hasSize(2)
        .allSatisfy(
            policy ->
                assertThat(policy.body().at("/spec/policyTypes").toString())
                    .isEqualTo("[\"Ingress\"]"));
    assertThat(policies()).isEmpty();
    assertThat(world.cluster.pods())
        .allSatisfy(pod -> assertThat(pod.labels()).containsOnlyKeys("app"));
    assertThat(outcomes()).containsExactly(PodOutcome.RESTORED, PodOutcome.RESTORED);
  }

  @Test
  void label_of_a_pod_that_comes_after_its_fault_is_over_is_swept() {
    // Given
    FaultInject command =
        deliver(new NetworkDeny(Mode.ALL, null, Direction.INGRESS, DURATION, DEFAULT));
    Pod meanwhile = world.cluster.pods().getFirst();
    world.pass(DURATION);
    Pod after = world.cluster.get(meanwhile.ref()).orElseThrow();
    Map<String, Optional<String>> late = new TreeMap<>();
    meanwhile.labels().forEach((label, value) -> late.put(label, Optional.of(value)));
    world.cluster.patch(after, new PodChange(Images.NONE, Map.of(), late));

    // When
    world.sweep();

    // Then
    assertThat(meanwhile.labels()).containsKey("greenstick.dev/deny-" + command.fault());
    assertThat(world.cluster.pods())
        .allSatisfy(pod -> assertThat(pod.labels()).containsOnlyKeys("app"));
  }

  @Test
  void scale_down_keeps_fewer_replicas_and_gives_back_what_there_were() {
    // When
    deliver(new ScaleDown(1, DURATION, DEFAULT));
    int meanwhile = replicas();
    world.pass(DURATION);

    // Then
    assertThat(meanwhile).isEqualTo(1);
    assertThat(replicas()).isEqualTo(3);
    assertThat(world.emitted(FaultInjected.class).getFirst().pods())
        .containsExactlyElementsOf(pods);
  }

  @Test
  void scale_down_leaves_alone_what_somebody_changed_meanwhile() {
    // Given
    deliver(new ScaleDown(1, DURATION, DEFAULT));
    ObjectNode patch = Json.mapper().createObjectNode();
    patch.putObject("spec").put("replicas", 7);
    Written changed = world.cluster.patch(resource(deployment), patch);

    // When
    world.pass(DURATION);

    // Then
    assertThat(changed).isEqualTo(Written.DONE);
    assertThat(replicas()).isEqualTo(7);
    assertThat(resource(deployment).label(Hold.LABEL)).isEmpty();
    assertThat(outcomes()).contains(PodOutcome.CHANGED_MEANWHILE);
  }

  @Test
  void scale_down_to_no_fewer_is_refused() {
    // When
    deliver(new ScaleDown(3, DURATION, DEFAULT));

    // Then
    assertThat(refusal())
        .isEqualTo("Deployment default/model has 3 replicas: scaling it to 3 would not be down");
  }

  @Test
  void second_scale_down_of_a_workload_is_refused_and_leaves_the_first_alone() {
    // Given
    deliver(new ScaleDown(1, DURATION, DEFAULT));

    // When
    deliver(new ScaleDown(0, DURATION, DEFAULT));

    // Then
    assertThat(world.emitted(FaultFailed.class).getFirst().reason()).contains("one at a time");
    assertThat(replicas()).isEqualTo(1);
  }

  @Test
  void drained_node_is_cordoned_its_pods_evicted_and_uncordoned_at_the_end() {
    // When
    deliver(new NodeDrain(null, DURATION, DEFAULT));
    boolean meanwhile = cordoned();
    world.pass(DURATION);

    // Then
    assertThat(meanwhile).isTrue();
    assertThat(cordoned()).isFalse();
    assertThat(world.cluster.deleted()).containsExactlyElementsOf(pods);
    assertThat(outcomes()).containsOnly(PodOutcome.GONE);
  }

  @Test
  void drain_waits_for_the_budget_and_fails_with_its_reason_when_that_takes_too_long() {
    // Given
    world.cluster.budget("it needs 3 healthy pods and has 3 currently");

    // When
    deliver(new NodeDrain(null, DURATION, DEFAULT));
    world.pass(Duration.ofMinutes(1));

    // Then
    assertThat(world.emitted(FaultFailed.class).getFirst().reason())
        .contains("cannot be evicted yet: it needs 3 healthy pods");
    assertThat(cordoned()).isFalse();
    assertThat(world.cluster.deleted()).isEmpty();
  }

  @Test
  void second_drain_is_refused_while_the_first_lasts() {
    // Given
    deliver(new NodeDrain(null, DURATION, DEFAULT));

    // When
    deliver(new NodeDrain(null, DURATION, DEFAULT));

    // Then
    assertThat(refusal()).contains("one node at a time");
  }

  @Test
  void pod_kill_that_respects_budgets_fails_with_their_reason_and_is_not_tried_again() {
    // Given
    world.cluster.budget("it needs 3 healthy pods and has 3 currently");

    // When
    deliver(eviction());
    world.cluster.budget("");
    world.pass(Duration.ofMinutes(1));

    // Then
    assertThat(world.emitted(FaultFailed.class).getFirst().reason())
        .contains("was not evicted: it needs 3 healthy pods");
    assertThat(world.cluster.deleted()).isEmpty();
  }

  @Test
  void pod_kill_that_respects_budgets_evicts() {
    // When
    deliver(eviction());

    // Then
    FaultInjected injected = world.emitted(FaultInjected.class).getFirst();
    assertThat(injected.method()).isEqualTo("pods evicted with a grace period of 0 s");
    assertThat(injected.pods()).isEqualTo(world.cluster.deleted());
  }

  @Test
  void chaos_mesh_resource_is_there_until_the_fault_ends_and_names_its_pods() {
    // When
    FaultInject command = deliver(chaosMesh());
    List<Resource> meanwhile = chaosResources();
    world.pass(DURATION.plusSeconds(5));

    // Then
    assertThat(meanwhile)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.ref().name()).isEqualTo("greenstick-" + command.fault());
              assertThat(each.body().at("/spec/delay/latency").asText()).isEqualTo("10ms");
              assertThat(each.body().at("/spec/duration").asText()).isEqualTo("30s");
            });
    assertThat(chaosResources()).isEmpty();
    assertThat(world.emitted(FaultInjected.class).getFirst().pods())
        .containsExactlyElementsOf(pods);
    assertThat(world.emitted(FaultReverted.class)).hasSize(1);
  }

  @Test
  void chaos_mesh_fault_is_refused_where_chaos_mesh_is_not_installed() {
    // Given
    world.cluster.chaosMesh(false);

    // When
    deliver(chaosMesh());

    // Then
    assertThat(refusal())
        .isEqualTo(
            "Chaos Mesh is not installed in this cluster: it does not serve"
                + " chaos-mesh.org/v1alpha1 NetworkChaos");
  }

  @Test
  void target_of_a_chaos_mesh_fault_outside_the_fence_is_refused() {
    // Given
    ChaosMesh spec =
        new ChaosMesh(
            ChaosMesh.Kind.NETWORK_CHAOS,
            Map.of(
                "selector", Map.of("namespaces", List.of("default")),
                "target", Map.of("selector", Map.of("namespaces", List.of("kube-system")))));

    // When
    deliver(spec);

    // Then
    assertThat(refusal()).contains("namespace kube-system belongs to the cluster");
  }

  @Test
  void nodes_by_label_are_candidates_beside_nodes_by_name() {
    // Given
    Selector elsewhere =
        new Selector(
            List.of("default"), null, null, null, null, null, null, Map.of("gpu", "yes"), null);

    // When
    deliver(new NetworkDeny(Mode.ALL, null, Direction.BOTH, DURATION, elsewhere));

    // Then
    assertThat(refusal()).contains("no pod that is not terminating matches");
  }

  @Test
  void what_a_forgotten_fault_left_behind_is_found_by_its_label_and_taken_back() {
    // Given
    deliver(new ScaleDown(1, DURATION, DEFAULT));
    deliver(new NodeDrain(null, DURATION, DEFAULT));
    deliver(new NetworkDeny(Mode.ALL, null, Direction.BOTH, DURATION, DEFAULT));
    deliver(chaosMesh());
    world.cluster.open().forEach(world.cluster::remove);

    // When
    world.restart();
    world.sweep();

    // Then
    assertThat(replicas()).isEqualTo(3);
    assertThat(cordoned()).isFalse();
    assertThat(policies()).isEmpty();
    assertThat(chaosResources()).isEmpty();
    assertThat(world.cluster.pods())
        .allSatisfy(pod -> assertThat(pod.labels()).containsOnlyKeys("app"));
  }
}
