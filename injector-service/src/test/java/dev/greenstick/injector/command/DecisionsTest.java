package dev.greenstick.injector.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.injector.command.Decision.Why;
import dev.greenstick.injector.ledger.Ending;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Order;
import dev.greenstick.injector.ledger.Plan;
import dev.greenstick.injector.ledger.State;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.target.Images;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionsTest {

  private static final Duration MEMORY = Duration.ofHours(1);
  private static final Decisions DECISIONS = new Decisions(Examples.CLUSTER, MEMORY);
  private static final FaultInject INJECT = Examples.faultInject();
  private static final FaultRevert REVERT = Examples.faultRevert();
  private static final Instant IN_TIME = INJECT.deadline();
  private static final Plan PLAN =
      new Plan(
          List.of(new Victim(Examples.POD, new Images(Map.of("server", "model:1"), Map.of()))),
          3,
          IN_TIME,
          IN_TIME.plusSeconds(30));

  private static final State INTENDED = new State.Intended(PLAN);
  private static final State LIVE = new State.Live(PLAN, Examples.faultInjected());
  private static final State UNDOING =
      ((State.Live) LIVE).undoing(new Ending.Revert(Cause.DURATION_ELAPSED, "over"));
  private static final State ENDED = new State.Ended(null, Examples.faultRefused());
  private static final State CLOSED = new State.Closed("FaultReverted", IN_TIME);
  private static final State BARRED = new State.Barred("stopped", IN_TIME);

  static Stream<State> statesOfAnOrderedFault() {
    return Stream.of(INTENDED, LIVE, UNDOING, ENDED, CLOSED);
  }

  private static Optional<Entry> entry(State state) {
    Order order = state == BARRED ? null : Order.of(INJECT);
    return Optional.of(new Entry(INJECT.fault(), INJECT.run(), order, state));
  }

  @Test
  void new_command_before_its_deadline_is_carried_out() {
    assertThat(DECISIONS.on(INJECT, Optional.empty(), IN_TIME))
        .isEqualTo(new Decision.Inject(INJECT));
  }

  @Test
  void new_command_past_its_deadline_is_refused_with_both_instants() {
    // Given
    Instant late = IN_TIME.plusNanos(1);

    // When
    Decision decision = DECISIONS.on(INJECT, Optional.empty(), late);

    // Then
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> assertThat(refuse.reason()).contains(IN_TIME.toString(), late.toString()));
  }

  @Test
  void command_older_than_the_memory_of_the_ledger_is_left_alone() {
    assertThat(DECISIONS.on(INJECT, Optional.empty(), IN_TIME.plus(MEMORY).plusNanos(1)))
        .isEqualTo(new Decision.Ignore(Why.FORGOTTEN));
  }

  @ParameterizedTest
  @MethodSource("statesOfAnOrderedFault")
  void second_delivery_is_left_alone_in_every_state(State state) {
    assertThat(DECISIONS.on(INJECT, entry(state), IN_TIME.plusSeconds(999)))
        .isEqualTo(new Decision.Ignore(Why.DELIVERED_AGAIN));
  }

  @ParameterizedTest
  @MethodSource("statesOfAnOrderedFault")
  void same_id_with_another_body_is_a_conflict_in_every_state(State state) {
    // Given
    FaultInject other =
        new FaultInject(
            INJECT.command(),
            INJECT.run(),
            INJECT.deadline().plusSeconds(1),
            INJECT.fault(),
            INJECT.step(),
            INJECT.spec());

    // When
    Decision decision = DECISIONS.on(other, entry(state), IN_TIME);

    // Then
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Conflict.class,
            conflict -> {
              assertThat(conflict.event().command()).isEqualTo(INJECT.command());
              assertThat(conflict.event().reason()).contains(Order.of(INJECT).body());
            });
  }

  @Test
  void fault_that_was_reverted_first_is_refused() {
    assertThat(DECISIONS.on(INJECT, entry(BARRED), IN_TIME))
        .isEqualTo(new Decision.Refuse(INJECT, "it was reverted before it was injected: stopped"));
  }

  @Test
  void revert_of_an_unknown_fault_bars_it() {
    assertThat(DECISIONS.on(REVERT, Optional.empty(), IN_TIME)).isEqualTo(new Decision.Bar(REVERT));
  }

  @Test
  void revert_of_a_fault_that_holds_undoes_it_as_commanded() {
    // Given
    Ending why = new Ending.Revert(Cause.COMMANDED, REVERT.reason());

    // When
    Decision live = DECISIONS.on(REVERT, entry(LIVE), IN_TIME);
    Decision intended = DECISIONS.on(REVERT, entry(INTENDED), IN_TIME);

    // Then
    assertThat(live).isEqualTo(new Decision.Undo(((State.Live) LIVE).undoing(why)));
    assertThat(intended)
        .isEqualTo(
            new Decision.Undo(((State.Intended) INTENDED).undoing(why, List.of(Examples.POD))));
  }

  @Test
  void revert_of_a_fault_that_is_over_is_left_alone() {
    for (State state : List.of(UNDOING, ENDED, CLOSED)) {
      assertThat(DECISIONS.on(REVERT, entry(state), IN_TIME))
          .isEqualTo(new Decision.Ignore(Why.ALREADY_ENDING));
    }
  }

  @Test
  void commands_of_the_probe_are_left_alone() {
    assertThat(DECISIONS.on(Examples.probeStart(), Optional.empty(), IN_TIME))
        .isEqualTo(new Decision.Ignore(Why.NOT_FOR_INJECTORS));
    assertThat(DECISIONS.on(Examples.probeStop(), Optional.empty(), IN_TIME))
        .isEqualTo(new Decision.Ignore(Why.NOT_FOR_INJECTORS));
  }

  @Test
  void command_for_another_cluster_is_misrouted() {
    assertThat(DECISIONS.misrouted(INJECT)).isFalse();
    assertThat(new Decisions(new ClusterName("elsewhere"), MEMORY).misrouted(INJECT)).isTrue();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Whatever comes in whatever order, an order is carried out at most once. */
  @ParameterizedTest
  @MethodSource("seeds")
  void at_most_one_delivery_of_any_sequence_injects(long seed) {
    // Given
    Random random = new Random(seed);
    Optional<Entry> known = Optional.empty();
    int injected = 0;
    boolean reverted = false;

    // When
    for (int i = 0; i < 20; i++) {
      Instant now = IN_TIME.minusSeconds(10).plusSeconds(random.nextInt(20));
      var command = random.nextInt(4) == 0 ? REVERT : INJECT;
      Decision decision = DECISIONS.on(command, known, now);
      if (decision instanceof Decision.Inject) {
        assertThat(reverted).as("seed %d: injected after its revert", seed).isFalse();
        injected++;
      }
      reverted |= command == REVERT;
      known = next(decision, known, random);
    }

    // Then
    assertThat(injected).as("seed %d", seed).isLessThanOrEqualTo(1);
  }

  private static Optional<Entry> next(Decision decision, Optional<Entry> known, Random random) {
    return switch (decision) {
      case Decision.Inject inject -> entry(random.nextBoolean() ? INTENDED : LIVE);
      case Decision.Refuse refuse -> entry(random.nextBoolean() ? ENDED : CLOSED);
      case Decision.Bar bar -> entry(BARRED);
      case Decision.Undo undo -> entry(random.nextBoolean() ? undo.next() : CLOSED);
      case Decision.Conflict conflict -> known;
      case Decision.Ignore ignore -> known;
    };
  }
}
