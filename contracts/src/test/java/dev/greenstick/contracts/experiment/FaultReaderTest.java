package dev.greenstick.contracts.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.ExperimentReader.Reading;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultReaderTest {

  private static final String DEFAULT_NAMESPACE = "selector: {namespaces: [default]}";
  private static final Selector SELECTOR = Selector.ofNamespaces("default");

  @Test
  void aNetworkDenyDeniesIngressUnlessItSaysOtherwise() {
    // Given
    String action = "networkDeny: {mode: one, duration: 20s, %s}".formatted(DEFAULT_NAMESPACE);

    // When
    Reading reading = read(action);

    // Then
    assertThat(action(reading))
        .isEqualTo(
            new NetworkDeny(
                Mode.ONE, null, NetworkDeny.Direction.INGRESS, Duration.ofSeconds(20), SELECTOR));
  }

  @Test
  void aScaleDownKeepsAsManyReplicasAsItSays() {
    // Given
    String action = "scaleDown: {replicas: 1, %s}".formatted(DEFAULT_NAMESPACE);

    // When
    Reading reading = read(action);

    // Then
    assertThat(action(reading)).isEqualTo(new ScaleDown(1, Duration.ofSeconds(30), SELECTOR));
  }

  @Test
  void aNodeDrainLeavesPodsTheirOwnGracePeriod() {
    // Given
    String action = "nodeDrain: {duration: 1m, %s}".formatted(DEFAULT_NAMESPACE);

    // When
    Reading reading = read(action);

    // Then
    assertThat(action(reading)).isEqualTo(new NodeDrain(null, Duration.ofMinutes(1), SELECTOR));
  }

  @Test
  void aChaosMeshResourceKeepsWhatOnlyChaosMeshUnderstands() {
    // Given
    String action =
        "chaosMesh: {kind: NetworkChaos, spec: {action: delay, mode: all, duration: 40s, delay: {latency: 10ms}, %s}}"
            .formatted(DEFAULT_NAMESPACE);

    // When
    Reading reading = read(action);

    // Then
    assertThat(action(reading))
        .isInstanceOfSatisfying(
            ChaosMesh.class,
            chaos -> {
              assertThat(chaos.kind()).isEqualTo(ChaosMesh.Kind.NETWORK_CHAOS);
              assertThat(chaos.duration()).isEqualTo(Duration.ofSeconds(40));
              assertThat(chaos.selectors()).containsExactly(SELECTOR);
              assertThat(chaos.spec()).containsKey("delay");
            });
  }

  @Test
  void theTargetOfAChaosMeshResourceIsAmongWhatItMayTouch() {
    // Given
    String action =
        "chaosMesh: {kind: NetworkChaos, spec: {mode: all, %s, target: {mode: all, selector: {namespaces: [other]}}}}"
            .formatted(DEFAULT_NAMESPACE);

    // When
    Reading reading = read(action);

    // Then
    assertThat(((Fault) action(reading)).selectors())
        .containsExactly(SELECTOR, Selector.ofNamespaces("other"));
  }

  @Test
  void everyProblemOfEveryFaultIsReported() {
    // Given
    String actions =
        """
        networkDeny: {mode: fixed, direction: sideways, duration: PT2M}
        scaleDown: {replicas: -1, selector: {}}
        nodeDrain: {gracePeriod: soon, node: a, selector: {namespaces: [default]}}
        chaosMesh: {kind: AWSChaos, spec: {remoteCluster: b, selector: {namespaces: [a, b]}}}
        podChaos: {action: pod-failure, mode: one, respectDisruptionBudgets: true, selector: {namespaces: [a]}}
        podChaos: {action: pod-kill, mode: one, respectDisruptionBudgets: yes please, selector: {namespaces: [a]}}
        """;

    // When
    Reading reading = read(actions.lines().toArray(String[]::new));

    // Then
    assertThat(((Reading.Invalid) reading).problems())
        .extracting(Problem::path)
        .containsExactly(
            path(0, "networkDeny.value"),
            path(0, "networkDeny.direction"),
            path(0, "networkDeny.duration"),
            path(0, "networkDeny.selector"),
            path(1, "scaleDown.replicas"),
            path(1, "scaleDown.selector"),
            path(2, "nodeDrain.node"),
            path(2, "nodeDrain.gracePeriod"),
            path(3, "chaosMesh.kind"),
            path(3, "chaosMesh.spec.remoteCluster"),
            path(3, "chaosMesh.spec.selector"),
            path(4, "podChaos.respectDisruptionBudgets"),
            path(5, "podChaos.respectDisruptionBudgets"));
  }

  private static String path(int action, String field) {
    return "spec.steps[0].branches[0].actions[%d].%s".formatted(action, field);
  }

  private static Action action(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading)
        .experiment()
        .spec()
        .steps()
        .get(0)
        .branches()
        .get(0)
        .actions()
        .get(0);
  }

  private static Reading read(String... actions) {
    StringBuilder document =
        new StringBuilder(
            """
            apiVersion: greenstick.dev/v1
            kind: Experiment
            metadata: {name: a}
            spec:
              clusters: [local]
              probes:
                - name: p
                  protocol: open-inference-v2
                  url: http://127.0.0.1:8000
                  model: m
                  rate: 1
                  timeout: 1s
                  requests: [{inputs: [{name: x, shape: [1], datatype: FP64, data: [1]}]}]
              steps:
                - branches:
                    - actions:
            """);
    for (String action : List.of(actions)) {
      document.append("          - ").append(action).append('\n');
    }
    return ExperimentReader.read(document.toString());
  }
}
