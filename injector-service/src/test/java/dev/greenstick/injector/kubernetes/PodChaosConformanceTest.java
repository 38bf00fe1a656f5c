package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaosReader;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.simulation.World;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every selector and mode of a PodChaos spec, from its text to the pods that are hit, against a
 * real API server under the role that ships, in pages of two. Pods a, b, c have labels {@code tier}
 * x, x, y; b has an annotation.
 */
class PodChaosConformanceTest {

  private static int runs;

  private final TestCluster cluster = TestCluster.shared();
  private final World world =
      new World(
          new KubernetesPods(cluster.injector(), 2),
          new KubernetesResources(cluster.injector()),
          new KubernetesContainers(cluster.injector()),
          new ConfigMapLedger(cluster.injector(), "greenstick"),
          "default");
  private final Map<String, PodRef> pods = new LinkedHashMap<>();

  @BeforeEach
  void makePods() {
    pods.put("a", cluster.make("default", "chaos-a", Map.of("suite", "chaos", "tier", "x")));
    pods.put("b", cluster.make("default", "chaos-b", Map.of("suite", "chaos", "tier", "x")));
    pods.put("c", cluster.make("default", "chaos-c", Map.of("suite", "chaos", "tier", "y")));
    cluster
        .admin()
        .pods()
        .inNamespace("default")
        .withName(pods.get("b").name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"role\":\"canary\"}}}");
    cluster
        .admin()
        .nodes()
        .list()
        .getItems()
        .forEach(
            node ->
                cluster
                    .admin()
                    .nodes()
                    .withName(node.getMetadata().getName())
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"gpu\":\"yes\"}}}"));
  }

  @AfterEach
  void removePods() {
    pods.values()
        .forEach(
            pod ->
                cluster
                    .admin()
                    .pods()
                    .inNamespace("default")
                    .withName(pod.name())
                    .withGracePeriod(0)
                    .delete());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          labelSelectors: {suite: chaos}                                                 | abc
          labelSelectors: {suite: chaos, tier: x}                                        | ab
          labelSelectors: {suite: chaos}, expressionSelectors: [{key: tier, operator: In, values: [y, z]}]  | c
          labelSelectors: {suite: chaos}, expressionSelectors: [{key: tier, operator: NotIn, values: [y]}]  | ab
          expressionSelectors: [{key: suite, operator: Exists}, {key: nothing, operator: DoesNotExist}]     | abc
          labelSelectors: {suite: chaos}, fieldSelectors: {metadata.name: NAME-OF-C}     | c
          labelSelectors: {suite: chaos}, annotationSelectors: {role: canary}            | b
          labelSelectors: {suite: chaos}, podPhaseSelectors: [Running]                   | abc
          labelSelectors: {suite: chaos}, podPhaseSelectors: [Running, Pending, '!Failed'] | abc
          labelSelectors: {suite: chaos}, nodes: [elsewhere, NODES]                      | abc
          labelSelectors: {suite: chaos}, nodes: [NODE-OF-C, elsewhere], fieldSelectors: {metadata.name: NAME-OF-C} | c
          labelSelectors: {suite: chaos}, nodeSelectors: {gpu: 'yes'}                    | abc
          labelSelectors: {suite: chaos}, nodes: [elsewhere], nodeSelectors: {gpu: 'yes'} | abc
          pods: {default: [NAME-OF-A, NAME-OF-C]}, labelSelectors: {suite: another}      | ac
          """)
  void selector_hits_exactly_what_it_says(String selector, String expected) {
    // When
    Set<String> hit =
        hit(
            "{action: pod-failure, mode: all, selector: {namespaces: [default, default], %s}}",
            selector);

    // Then
    assertThat(hit).isEqualTo(letters(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "one, , 1",
    "all, , 3",
    "fixed, 2, 2",
    "fixed, 9, 3",
    "fixed-percent, 33, 1",
    "fixed-percent, 34, 2",
    "fixed-percent, 67, 3",
    "random-max-percent, 33, 1"
  })
  void mode_hits_as_many_as_it_says(String mode, String value, int expected) {
    // When
    Set<String> hit =
        hit(
            "{action: pod-kill, mode: "
                + mode
                + ", value: '"
                + (value == null ? "" : value)
                + "', selector: {namespaces: [default], %s}}",
            "labelSelectors: {suite: chaos}");

    // Then
    assertThat(hit).hasSize(expected);
  }

  /** Which of the pods a spec hits, by their letters; afterwards it is reverted. */
  private Set<String> hit(String spec, String selector) {
    assertThat(world.deliver(inject(spec(spec.formatted(selector))))).isTrue();
    world.pass(PodChaos.DEFAULT_DURATION.plusSeconds(1));
    assertThat(world.emitted)
        .as("%s", world.emitted)
        .hasSize(2)
        .last()
        .isInstanceOf(FaultReverted.class);
    Set<PodRef> hit = Set.copyOf(world.emitted(FaultInjected.class).getFirst().pods());
    assertThat(pods.values()).containsAll(hit);
    return pods.entrySet().stream()
        .filter(pod -> hit.contains(pod.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private PodChaos spec(String text) {
    String named =
        text.replace("NAME-OF-A", pods.get("a").name())
            .replace("NAME-OF-C", pods.get("c").name())
            .replace("NODE-OF-C", node("c"))
            .replace("NODES", node("a") + ", " + node("b") + ", " + node("c"));
    return switch (PodChaosReader.read(named)) {
      case PodChaosReader.Reading.Valid valid -> valid.spec();
      case PodChaosReader.Reading.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  private String node(String letter) {
    return cluster
        .admin()
        .pods()
        .inNamespace("default")
        .withName(pods.get(letter).name())
        .get()
        .getSpec()
        .getNodeName();
  }

  private static FaultInject inject(PodChaos spec) {
    RunRef run =
        RunRef.of(
            Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.minusSeconds(1_000 + ++runs));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        Examples.START.plusSeconds(60),
        fault,
        Examples.STEP,
        spec);
  }

  private static Set<String> letters(String word) {
    return word.chars()
        .mapToObj(Character::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
