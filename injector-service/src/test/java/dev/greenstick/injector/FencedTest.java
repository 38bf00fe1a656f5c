package dev.greenstick.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
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
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.halt.HaltLifted;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.safety.Halts;
import dev.greenstick.injector.safety.LabelRule;
import dev.greenstick.injector.safety.Limits;
import dev.greenstick.injector.simulation.World;
import dev.greenstick.injector.target.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the injector refuses, whoever orders it; and that the kill switch stops it. */
class FencedTest {

  private static final Duration DURATION = Duration.ofSeconds(30);
  private static final Selector ALL = Selector.ofNamespaces("default");
  private static final Limits DEFAULT =
      new Limits(2, 50, 1, List.of(LabelRule.parse("precious")), Optional.empty());

  private final World world = new World("default");
  private final List<PodRef> pods = new ArrayList<>();
  private int faults;

  @BeforeEach
  void four_replicas() {
    world.limits(DEFAULT);
    world.cluster.deployment("default", "model", 4);
    world.cluster.node("node-1");
    for (int i = 0; i < 4; i++) {
      pods.add(world.cluster.add("default", "model-" + i, Map.of("app", "model")));
    }
  }

  private FaultInject inject(Fault spec) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(++faults));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        Examples.START.plusSeconds(60),
        fault,
        Examples.STEP,
        spec);
  }

  private static PodChaos podFailure(Mode mode, String value) {
    return podFailure(mode, value, ALL);
  }

  private static PodChaos podFailure(Mode mode, String value, Selector selector) {
    return new PodChaos(PodAction.POD_FAILURE, mode, value, DURATION, 0, null, selector);
  }

  private FaultEvent deliver(Fault spec) {
    assertThat(world.deliver(inject(spec))).isTrue();
    world.settle();
    return world.emitted.getLast();
  }

  private static List<String> messages(FaultEvent event) {
    assertThat(event).isInstanceOf(FaultRefused.class);
    return ((FaultRefused) event).problems().stream().map(Problem::toString).toList();
  }

  private static HaltSet halt(HaltScope scope) {
    return new HaltSet(scope, "alice", "the pager rings", Examples.START);
  }

  /** Each of these would leave one of four ready. */
  static Stream<Fault> tooMuch() {
    return Stream.of(
        podFailure(Mode.FIXED, "3"),
        new PodChaos(PodAction.POD_KILL, Mode.FIXED_PERCENT, "75", DURATION, 0, null, ALL),
        new NetworkDeny(Mode.FIXED, "3", Direction.INGRESS, DURATION, ALL),
        new ScaleDown(1, DURATION, ALL),
        new NodeDrain(null, DURATION, ALL),
        new ChaosMesh(
            ChaosMesh.Kind.NETWORK_CHAOS,
            Map.of("mode", "all", "selector", Map.of("namespaces", List.of("default")))));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void no_fault_takes_more_than_half_of_a_workload(Fault spec) {
    // When
    FaultEvent answer = deliver(spec);

    // Then
    assertThat(messages(answer))
        .isNotEmpty()
        .allMatch(
            message -> message.contains("Deployment default/model") && message.contains("ready"))
        .anyMatch(message -> message.contains("greenstick.injector.most-down-percent=50 allows 2"));
    assertThat(world.cluster.pods()).allMatch(pod -> pod.labels().equals(Map.of("app", "model")));
  }

  @Test
  void two_faults_share_what_one_might_take() {
    // Given
    FaultEvent first = deliver(podFailure(Mode.FIXED, "1", named(0)));
    FaultEvent second = deliver(podFailure(Mode.FIXED, "1", named(1)));
    world.limits(new Limits(9, 50, 1, List.of(), Optional.empty()));

    // When
    FaultEvent third = deliver(podFailure(Mode.FIXED, "1", named(2)));

    // Then
    assertThat(List.of(first, second)).allMatch(FaultInjected.class::isInstance);
    assertThat(messages(third)).hasSize(1);
  }

  private Selector named(int pod) {
    return Selector.ofPods("default", pods.get(pod).name());
  }

  @Test
  void pods_that_are_down_already_count() {
    // Given
    world.cluster.unready(pods.get(0));
    world.cluster.unready(pods.get(1));

    // When
    FaultEvent answer = deliver(podFailure(Mode.FIXED, "1", named(2)));

    // Then
    assertThat(messages(answer))
        .containsExactly(
            "would leave 1 of 4 pods of Deployment default/model ready (2 are ready before), and"
                + " greenstick.injector.most-down-percent=50 allows 2 to be down at once");
  }

  @Test
  void scaled_down_workload_is_measured_by_what_it_was() {
    // Given
    FaultEvent scaled = deliver(new ScaleDown(2, DURATION, ALL));

    // When
    FaultEvent answer = deliver(podFailure(Mode.ONE, null));

    // Then
    assertThat(scaled).isInstanceOf(FaultInjected.class);
    assertThat(messages(answer)).singleElement().asString().contains("1 of 4 pods");
  }

  @Test
  void everything_that_speaks_against_a_fault_is_said_at_once() {
    // Given
    PodRef precious = world.cluster.add("default", "till", Map.of("precious", "yes"));
    deliver(podFailure(Mode.FIXED, "1", named(0)));
    world.limits(
        new Limits(1, 50, 1, DEFAULT.protectedLabels(), Optional.of(LabelRule.parse("chaos=ok"))));
    world.sweep();
    world.halts(Halts.NONE.with(halt(HaltScope.EVERYTHING)));

    // When
    boolean taken = world.deliver(inject(podFailure(Mode.ALL, null)));
    world.settle();

    // Then
    assertThat(taken).isTrue();
    assertThat(messages(world.emitted(FaultRefused.class).getFirst()))
        .hasSize(6)
        .anyMatch(each -> each.contains("halt of everything by alice"))
        .anyMatch(each -> each.contains("greenstick.injector.most-faults allows 1"))
        .anyMatch(each -> each.contains(precious + " with the label precious"))
        .anyMatch(each -> each.contains("without the label chaos=ok"))
        .anyMatch(each -> each.contains("greenstick.injector.most-down-percent=50"))
        .anyMatch(each -> each.contains("greenstick.injector.least-ready=1"));
  }

  @Test
  void namespace_or_pod_opts_in() {
    // Given
    world.limits(new Limits(9, 50, 1, List.of(), Optional.of(LabelRule.parse("chaos=ok"))));
    world.cluster.namespace("default", Map.of());

    // When
    FaultEvent without = deliver(podFailure(Mode.ONE, null));
    world.cluster.namespace("default", Map.of("chaos", "ok"));
    FaultEvent with = deliver(podFailure(Mode.ONE, null));

    // Then
    assertThat(messages(without))
        .containsExactly(
            "selector: matches pod default/model-0, default/model-1, default/model-2,"
                + " default/model-3 without the label chaos=ok, which"
                + " greenstick.injector.opt-in-label requires of pods or their namespace: set it,"
                + " or select by it");
    assertThat(with).isInstanceOf(FaultInjected.class);
  }

  @Test
  void halt_reverts_what_is_live_at_once_and_refuses_what_comes_after_until_it_is_lifted() {
    // Given
    deliver(podFailure(Mode.ONE, null));
    HaltSet halt = halt(HaltScope.EVERYTHING);

    // When
    world.halts(Halts.NONE.with(halt));
    world.settle();
    FaultEvent reverted = world.emitted.getLast();
    FaultEvent refused = deliver(podFailure(Mode.ONE, null));
    world.halts(
        Halts.NONE.with(halt).with(new HaltLifted(halt.scope(), "bob", "over", Examples.START)));
    FaultEvent injected = deliver(podFailure(Mode.ONE, null));

    // Then
    assertThat(reverted)
        .isInstanceOfSatisfying(
            FaultReverted.class,
            each -> {
              assertThat(each.cause()).isEqualTo(Cause.HALTED);
              assertThat(each.reason())
                  .isEqualTo("halt of everything by alice at %s: the pager rings", halt.at());
              assertThat(each.revertedAt()).isEqualTo(Examples.START);
            });
    assertThat(messages(refused))
        .singleElement()
        .asString()
        .contains("halt of everything by alice");
    assertThat(injected).isInstanceOf(FaultInjected.class);
  }

  @Test
  void halt_of_another_cluster_or_experiment_stops_nothing_here() {
    // Given
    deliver(podFailure(Mode.ONE, null));

    // When
    world.halts(
        Halts.NONE
            .with(halt(HaltScope.parse("cluster/elsewhere")))
            .with(halt(HaltScope.parse("experiment/another"))));
    world.settle();

    // Then
    assertThat(world.emitted).hasSize(1);
  }

  @Test
  void injector_that_starts_while_a_halt_stands_reverts_what_it_finds() {
    // Given
    deliver(podFailure(Mode.ONE, null));
    world.halts(null);

    // When
    world.sweep();
    world.settle();
    List<FaultEvent> before = List.copyOf(world.emitted);
    world.halts(Halts.NONE.with(halt(new HaltScope(Examples.CLUSTER, null))));
    world.settle();

    // Then
    assertThat(before).noneMatch(FaultReverted.class::isInstance);
    assertThat(world.emitted(FaultReverted.class))
        .extracting(FaultReverted::cause)
        .containsExactly(Cause.HALTED);
  }

  @Test
  void nothing_is_injected_while_nobody_knows_how_the_kill_switch_stands() {
    // Given
    world.halts(null);
    FaultInject command = inject(podFailure(Mode.ONE, null));

    // When
    boolean taken = world.deliver(command);
    world.settle();

    // Then
    assertThat(taken).isFalse();
    assertThat(world.emitted).isEmpty();
    assertThat(world.cluster.entries()).isEmpty();
  }

  @Test
  void recorded_intent_is_not_carried_out_after_a_restart_while_nobody_knows_of_the_kill_switch() {
    // Given
    assertThat(world.deliver(inject(podFailure(Mode.ONE, null)))).isTrue();
    world.halts(null);

    // When
    world.sweep();
    world.pass(Duration.ofSeconds(10));
    List<Pod> before = world.cluster.pods();
    world.pass(Duration.ofSeconds(60));

    // Then
    assertThat(before).allMatch(pod -> pod.labels().equals(Map.of("app", "model")));
    assertThat(world.emitted(FaultFailed.class))
        .singleElement()
        .satisfies(each -> assertThat(each.reason()).contains("too late"));
  }

  @Test
  void recorded_intent_is_checked_again_after_a_restart() {
    // Given
    assertThat(world.deliver(inject(podFailure(Mode.FIXED, "2")))).isTrue();
    pods.forEach(world.cluster::unready);
    world.restart();

    // When
    world.sweep();
    world.settle();

    // Then
    assertThat(world.emitted(FaultFailed.class))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason())
                    .contains("must not go on")
                    .contains("greenstick.injector.most-down-percent"));
    assertThat(world.cluster.pods()).allMatch(pod -> pod.labels().equals(Map.of("app", "model")));
  }

  @Test
  void injector_that_leads_no_more_leaves_everything_to_the_one_that_does() {
    // Given
    deliver(podFailure(Mode.ONE, null));
    List<Pod> before = world.cluster.pods();

    // When
    world.leads(false);
    boolean taken = world.deliver(inject(podFailure(Mode.ONE, null)));
    world.pass(DURATION.plusSeconds(10));
    boolean swept = world.sweep();
    List<Pod> meanwhile = world.cluster.pods();
    world.leads(true);
    world.sweep();
    world.settle();

    // Then
    assertThat(taken).isFalse();
    assertThat(swept).isTrue();
    assertThat(meanwhile).isEqualTo(before);
    assertThat(world.emitted(FaultReverted.class))
        .extracting(FaultReverted::cause)
        .containsExactly(Cause.SWEPT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dry_run_chooses_and_tells_and_touches_nothing(boolean byTheExperiment) {
    // Given
    FaultInject real = inject(podFailure(Mode.FIXED, "2"));
    FaultInject command =
        byTheExperiment
            ? new FaultInject(
                real.command(),
                real.run(),
                real.deadline(),
                real.fault(),
                real.step(),
                real.spec(),
                true)
            : real;
    if (!byTheExperiment) {
      world.dryRun();
    }
    List<Pod> before = world.cluster.pods();

    // When
    boolean taken = world.deliver(command);
    boolean takenAgain = world.deliver(command);
    world.pass(DURATION.plusSeconds(10));

    // Then
    assertThat(taken && takenAgain).isTrue();
    assertThat(world.cluster.pods()).isEqualTo(before);
    assertThat(world.emitted)
        .singleElement()
        .isInstanceOfSatisfying(
            FaultRehearsed.class,
            each -> {
              assertThat(each.pods()).hasSize(2);
              assertThat(each.candidates()).isEqualTo(4);
              assertThat(each.reason())
                  .contains(byTheExperiment ? "dryRun: true" : "greenstick.injector.dry-run=true");
            });
  }

  @Test
  void dry_run_of_what_must_not_be_done_is_refused_like_the_real_one() {
    // Given
    world.dryRun();

    // When
    FaultEvent answer = deliver(podFailure(Mode.ALL, null));

    // Then
    assertThat(messages(answer)).hasSize(2);
  }

  @Test
  void injector_that_is_told_to_stop_lets_go_also_of_what_it_has_not_looked_at_yet() {
    // Given
    deliver(podFailure(Mode.ONE, null));
    world.restart();

    // When
    world.letGo();

    // Then
    assertThat(world.emitted(FaultReverted.class))
        .extracting(FaultReverted::cause)
        .containsExactly(Cause.HALTED);
    assertThat(world.cluster.pods()).allMatch(pod -> pod.labels().equals(Map.of("app", "model")));
  }
}
