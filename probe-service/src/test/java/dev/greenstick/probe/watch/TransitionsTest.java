package dev.greenstick.probe.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.health.PodHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {

  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  private static final Scope ONE = new Scope("default", "app=model", Set.of());
  private static final Scope OTHER = new Scope(null, "", Set.of());

  private final Transitions transitions = new Transitions(Examples.RUN);

  private Optional<PodHealth> seen(PodState state) {
    return transitions.seen(ONE, state, AT);
  }

  private Optional<PodHealth> gone(PodState state) {
    return transitions.gone(ONE, state.pod(), state.resourceVersion(), AT);
  }

  private static PodState state(String uid, String version, boolean ready, int restarts) {
    return new PodState(
        new PodRef("default", "model-" + uid, uid),
        version,
        "Running",
        ready,
        restarts,
        List.of("model:1"),
        "node-1",
        ready ? null : "ContainersNotReady");
  }

  @Test
  void theFirstStateIsToldAndAfterThatOnlyWhatDiffers() {
    assertThat(seen(state("a", "1", true, 0))).isPresent();
    assertThat(seen(state("a", "2", true, 0))).isEmpty();
    assertThat(seen(state("a", "3", false, 0)))
        .hasValueSatisfying(
            change -> {
              assertThat(change.ready()).isFalse();
              assertThat(change.reason()).isEqualTo("ContainersNotReady");
              assertThat(change.resourceVersion()).isEqualTo("3");
            });
    assertThat(seen(state("a", "4", false, 1))).isPresent();
  }

  @Test
  void aPodThatIsGoneIsDeletedOnceAndDoesNotComeBack() {
    // Given
    seen(state("a", "1", true, 0));

    // When
    var gone = gone(state("a", "2", true, 0));

    // Then
    assertThat(gone)
        .hasValueSatisfying(
            change -> {
              assertThat(change.phase()).isEqualTo("Deleted");
              assertThat(change.ready()).isFalse();
            });
    assertThat(gone(state("a", "2", true, 0))).isEmpty();
    assertThat(seen(state("a", "1", true, 0))).isEmpty();
  }

  @Test
  void whatAnotherScopeShowsLaterThanTheFirstIsNotToldAgain() {
    // Given
    seen(state("a", "9", true, 0));
    seen(state("a", "10", false, 0));

    // When
    var stale = transitions.seen(OTHER, state("a", "9", true, 0), AT);
    var same = transitions.seen(OTHER, state("a", "10", false, 0), AT);

    // Then
    assertThat(stale).isEmpty();
    assertThat(same).isEmpty();
    assertThat(transitions.seen(OTHER, state("a", "11", true, 0), AT)).isPresent();
  }

  @Test
  void whatOneScopeStillShowsIsNotGone() {
    // Given
    seen(state("a", "1", true, 0));
    transitions.seen(OTHER, state("a", "1", true, 0), AT);

    // When
    var left = gone(state("a", "2", true, 0));

    // Then
    assertThat(left).isEmpty();
    assertThat(transitions.gone(OTHER, state("a", "3", true, 0).pod(), "3", AT)).isPresent();
  }

  @Test
  void aPodThatLeftTheSelectionAndIsBackIsToldAgain() {
    // Given
    seen(state("a", "1", true, 0));
    gone(state("a", "2", true, 0));

    // When
    var back = seen(state("a", "3", true, 0));

    // Then
    assertThat(back).hasValueSatisfying(told -> assertThat(told.phase()).isEqualTo("Running"));
    assertThat(gone(state("a", "4", true, 0))).isPresent();
  }

  @Test
  void aPodThatNobodySawIsNotToldToBeGone() {
    assertThat(gone(state("a", "1", true, 0))).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsToldEndsAtWhatWasSeenLastAndNeverRepeatsItself(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, PodState> seen = new HashMap<>();
    Map<String, List<PodHealth>> told = new HashMap<>();

    // When
    for (int i = 0; i < 200; i++) {
      PodState state =
          state(
              String.valueOf(random.nextInt(4)),
              String.valueOf(i),
              random.nextBoolean(),
              random.nextInt(2));
      seen.put(state.pod().uid(), state);
      seen(state)
          .ifPresent(
              change ->
                  told.computeIfAbsent(change.pod().uid(), uid -> new ArrayList<>()).add(change));
    }

    // Then
    seen.forEach(
        (uid, state) -> {
          PodHealth last = told.get(uid).getLast();
          assertThat(last.ready()).isEqualTo(state.ready());
          assertThat(last.restarts()).isEqualTo(state.restarts());
        });
    told.values()
        .forEach(
            changes -> {
              for (int i = 1; i < changes.size(); i++) {
                PodHealth before = changes.get(i - 1);
                PodHealth after = changes.get(i);
                assertThat(before.ready() == after.ready() && before.restarts() == after.restarts())
                    .isFalse();
              }
            });
  }
}
