package dev.greenstick.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.fault.FaultReverted.PodEnd;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.PodChange;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.ledger.State;
import dev.greenstick.injector.simulation.World;
import dev.greenstick.injector.target.Images;
import dev.greenstick.injector.target.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the injector does, told by what it emits, over a cluster and a clock in memory. */
class InjectorTest {

  private static final Images ORIGINAL =
      new Images(Map.of("server", "model:1"), Map.of("fetch", "fetcher:3"));
  private static final Images PAUSED = ORIGINAL.all(World.PAUSE);
  private static final Duration DURATION = Duration.ofSeconds(30);

  private final World world = new World("default");
  private int faults;

  private PodRef pod(String name) {
    return world.cluster.add("default", name, Map.of("app", "model"));
  }

  private FaultInject inject(PodAction action, Mode mode, Selector selector) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(++faults));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        Examples.START.plusSeconds(60),
        fault,
        Examples.STEP,
        new PodChaos(action, mode, null, DURATION, 0, null, selector));
  }

  private FaultInject podFailure(Mode mode) {
    return inject(PodAction.POD_FAILURE, mode, Selector.ofNamespaces("default"));
  }

  private static FaultRevert revert(FaultInject inject) {
    return new FaultRevert(
        CommandId.of(inject.run().id(), "fault.revert", inject.fault().toString()),
        inject.run(),
        inject.fault(),
        "alice said so");
  }

  private Images images(PodRef pod) {
    return world.cluster.get(pod).map(Pod::images).orElseThrow();
  }

  private void deliver(FaultInject command) {
    assertThat(world.deliver(command)).isTrue();
    world.settle();
  }

  @Test
  void pod_failure_holds_one_pod_for_its_duration_and_gives_it_back() {
    // Given
    List<PodRef> pods = List.of(pod("a"), pod("b"), pod("c"));
    FaultInject command = podFailure(Mode.ONE);

    // When
    deliver(command);
    List<PodRef> held = pods.stream().filter(pod -> images(pod).equals(PAUSED)).toList();
    world.pass(DURATION.plusSeconds(1));

    // Then
    assertThat(held).hasSize(1);
    assertThat(pods).allMatch(pod -> images(pod).equals(ORIGINAL));
    assertThat(world.emitted)
        .containsExactly(
            new FaultInjected(
                command.run(),
                command.fault(),
                command.step(),
                command.spec(),
                3,
                held,
                Examples.START,
                Examples.START,
                Examples.START.plus(DURATION),
                "images patched to " + World.PAUSE),
            new FaultReverted(
                command.run(),
                command.fault(),
                command.step(),
                Cause.DURATION_ELAPSED,
                "its duration was over at " + Examples.START.plus(DURATION),
                List.of(new PodEnd(held.getFirst(), PodOutcome.RESTORED)),
                Examples.START.plus(DURATION)));
  }

  @Test
  void held_pod_carries_originals_faults_and_a_label_to_be_found_by() {
    // Given
    PodRef pod = pod("a");
    FaultInject command = podFailure(Mode.ONE);

    // When
    deliver(command);

    // Then
    Pod held = world.cluster.get(pod).orElseThrow();
    assertThat(held.labels()).containsEntry(Hold.LABEL, command.fault().toString());
    assertThat(Hold.of(held))
        .hasValueSatisfying(
            hold -> {
              assertThat(hold.originals()).isEqualTo(ORIGINAL);
              assertThat(hold.faults()).containsExactly(command.fault());
            });
  }

  @Test
  void pod_kill_deletes_at_once_and_is_over_after_its_duration() {
    // Given
    PodRef pod = pod("a");
    FaultInject command = inject(PodAction.POD_KILL, Mode.ONE, Selector.ofNamespaces("default"));

    // When
    deliver(command);
    List<FaultEvent> atOnce = List.copyOf(world.emitted);
    world.pass(DURATION);

    // Then
    assertThat(world.cluster.deleted()).containsExactly(pod);
    assertThat(atOnce).singleElement().isInstanceOf(FaultInjected.class);
    assertThat(world.emitted(FaultReverted.class))
        .singleElement()
        .satisfies(
            reverted -> {
              assertThat(reverted.revertedAt()).isEqualTo(Examples.START.plus(DURATION));
              assertThat(reverted.pods())
                  .containsExactly(new PodEnd(pod, PodOutcome.NOTHING_TO_RESTORE));
            });
  }

  @Test
  void overlapping_faults_end_at_the_original_image_in_whichever_order() {
    // Given
    PodRef pod = pod("a");
    FaultInject first = podFailure(Mode.ALL);
    FaultInject second = podFailure(Mode.ALL);
    deliver(first);
    world.pass(Duration.ofSeconds(10));
    deliver(second);

    // When
    world.pass(Duration.ofSeconds(20));
    Images afterTheFirst = images(pod);
    world.pass(Duration.ofSeconds(10));

    // Then
    assertThat(afterTheFirst).isEqualTo(PAUSED);
    assertThat(images(pod)).isEqualTo(ORIGINAL);
    assertThat(world.emitted(FaultReverted.class))
        .extracting(reverted -> reverted.pods().getFirst().outcome())
        .containsExactly(PodOutcome.STILL_HELD, PodOutcome.RESTORED);
  }

  @Test
  void command_delivered_twice_acts_once() {
    // Given
    pod("a");
    pod("b");
    FaultInject command = podFailure(Mode.ONE);

    // When
    deliver(command);
    deliver(command);
    world.pass(DURATION);
    deliver(command);

    // Then
    assertThat(world.emitted(FaultInjected.class)).hasSize(1);
    assertThat(world.emitted(FaultReverted.class)).hasSize(1);
    assertThat(world.emitted).hasSize(2);
  }

  @Test
  void another_body_under_the_same_id_is_a_conflict_and_the_first_one_stands() {
    // Given
    pod("a");
    FaultInject command = podFailure(Mode.ONE);
    deliver(command);
    FaultInject other =
        new FaultInject(
            command.command(),
            command.run(),
            command.deadline(),
            command.fault(),
            command.step(),
            inject(PodAction.POD_KILL, Mode.ALL, Selector.ofNamespaces("default")).spec());

    // When
    deliver(other);

    // Then
    assertThat(world.emitted(FaultConflicted.class))
        .singleElement()
        .satisfies(conflict -> assertThat(conflict.command()).isEqualTo(command.command()));
    assertThat(world.cluster.deleted()).isEmpty();
  }

  @Test
  void revert_ends_the_fault_early_as_commanded() {
    // Given
    PodRef pod = pod("a");
    FaultInject command = podFailure(Mode.ONE);
    deliver(command);
    world.pass(Duration.ofSeconds(5));

    // When
    world.deliver(revert(command));
    world.settle();
    world.pass(DURATION);

    // Then
    assertThat(images(pod)).isEqualTo(ORIGINAL);
    assertThat(world.emitted(FaultReverted.class))
        .singleElement()
        .satisfies(
            reverted -> {
              assertThat(reverted.cause()).isEqualTo(Cause.COMMANDED);
              assertThat(reverted.reason()).isEqualTo("alice said so");
              assertThat(reverted.revertedAt()).isEqualTo(Examples.START.plusSeconds(5));
            });
  }

  @Test
  void fault_that_was_reverted_first_is_refused_and_touches_nothing() {
    // Given
    PodRef pod = pod("a");
    FaultInject command = podFailure(Mode.ONE);
    world.deliver(revert(command));
    world.settle();

    // When
    deliver(command);

    // Then
    assertThat(images(pod)).isEqualTo(ORIGINAL);
    assertThat(world.emitted)
        .containsExactly(
            new FaultRefused(
                command.run(),
                command.fault(),
                command.step(),
                List.of(new Problem("", "it was reverted before it was injected: alice said so"))));
  }

  @Test
  void selector_that_matches_nobody_is_refused_with_the_selector() {
    // Given
    FaultInject command = podFailure(Mode.ONE);

    // When
    deliver(command);

    // Then
    assertThat(world.emitted(FaultRefused.class))
        .singleElement()
        .satisfies(
            refused ->
                assertThat(refused.problems().getFirst().toString())
                    .isEqualTo(
                        "selector: no pod that is not terminating matches it in default:"
                            + " {\"namespaces\":[\"default\"]}"));
  }

  @Test
  void everything_that_is_wrong_is_refused_at_once() {
    // Given
    FaultInject command =
        inject(
            PodAction.CONTAINER_KILL, Mode.FIXED, Selector.ofNamespaces("kube-system", "payments"));

    // When
    deliver(command);

    // Then
    assertThat(world.emitted(FaultRefused.class).getFirst().problems())
        .extracting(Problem::path)
        .containsExactly(
            "value", "containerNames", "selector.namespaces[0]", "selector.namespaces[1]");
  }

  @Test
  void fault_ends_at_its_own_deadline_without_kafka_and_is_told_when_kafka_is_back() {
    // Given
    PodRef pod = pod("a");
    world.kafkaAway(true);
    deliver(podFailure(Mode.ONE));

    // When
    world.pass(DURATION);
    Images atTheDeadline = images(pod);
    world.pass(Duration.ofMinutes(10));
    List<FaultEvent> meanwhile = List.copyOf(world.emitted);
    world.kafkaAway(false);
    world.pass(Duration.ofSeconds(2));

    // Then
    assertThat(atTheDeadline).isEqualTo(ORIGINAL);
    assertThat(meanwhile).isEmpty();
    assertThat(world.emitted).hasExactlyElementsOfTypes(FaultInjected.class, FaultReverted.class);
  }

  @Test
  void fault_of_a_killed_injector_is_swept_by_the_next_one() {
    // Given
    PodRef pod = pod("a");
    deliver(podFailure(Mode.ONE));
    world.restart();
    world.pass(DURATION.plusSeconds(10));

    // When
    world.sweep();
    world.settle();

    // Then
    assertThat(images(pod)).isEqualTo(ORIGINAL);
    assertThat(world.emitted(FaultReverted.class))
        .singleElement()
        .satisfies(reverted -> assertThat(reverted.cause()).isEqualTo(Cause.SWEPT));
  }

  @Test
  void held_pod_whose_entry_somebody_deleted_is_released_by_the_next_injector() {
    // Given
    PodRef pod = pod("a");
    deliver(podFailure(Mode.ONE));
    world.cluster.open().forEach(world.cluster::remove);
    world.restart();

    // When
    world.sweep();

    // Then
    assertThat(images(pod)).isEqualTo(ORIGINAL);
    assertThat(world.cluster.get(pod).orElseThrow().labels()).doesNotContainKey(Hold.LABEL);
  }

  @Test
  void injector_that_is_told_to_stop_lets_go_of_everything_and_takes_nothing_on() {
    // Given
    PodRef pod = pod("a");
    deliver(podFailure(Mode.ONE));

    // When
    world.letGo();
    boolean taken = world.deliver(podFailure(Mode.ONE));

    // Then
    assertThat(taken).isFalse();
    assertThat(images(pod)).isEqualTo(ORIGINAL);
    assertThat(world.emitted(FaultReverted.class))
        .singleElement()
        .satisfies(reverted -> assertThat(reverted.cause()).isEqualTo(Cause.HALTED));
  }

  @Test
  void image_that_somebody_set_meanwhile_is_left_alone() {
    // Given
    PodRef pod = pod("a");
    deliver(podFailure(Mode.ONE));
    Pod held = world.cluster.get(pod).orElseThrow();
    world.cluster.patch(
        held, new PodChange(new Images(Map.of("server", "model:2"), Map.of()), Map.of(), Map.of()));

    // When
    world.pass(DURATION);

    // Then
    assertThat(images(pod))
        .isEqualTo(new Images(Map.of("server", "model:2"), Map.of("fetch", "fetcher:3")));
  }

  @Test
  void pod_that_is_gone_counts_as_recovered() {
    // Given
    PodRef pod = pod("a");
    deliver(podFailure(Mode.ONE));
    world.cluster.replace(pod);

    // When
    world.pass(DURATION);

    // Then
    assertThat(world.emitted(FaultReverted.class).getFirst().pods())
        .containsExactly(new PodEnd(pod, PodOutcome.GONE));
  }

  @Test
  void told_fault_is_remembered_for_a_while_and_then_forgotten() {
    // Given
    pod("a");
    deliver(podFailure(Mode.ONE));
    world.pass(DURATION.plusSeconds(1));

    // When
    world.sweep();
    var remembered = world.cluster.entries();
    world.pass(World.MEMORY.plusMinutes(2));
    world.sweep();

    // Then
    assertThat(remembered)
        .singleElement()
        .satisfies(entry -> assertThat(entry.state()).isInstanceOf(State.Closed.class));
    assertThat(world.cluster.entries()).isEmpty();
  }
}
