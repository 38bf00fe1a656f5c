package dev.greenstick.command.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.command.display.History.Phase;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunViewTest {

  @Test
  void stagesFollowTheEvents() {
    // Given
    List<String> stages = new ArrayList<>();
    RunView view = RunView.EMPTY;

    // When
    for (RunData event : Story.whole()) {
      view = view.after(event);
      String stage = view.stage().getClass().getSimpleName();
      if (stages.isEmpty() || !stages.getLast().equals(stage)) {
        stages.add(stage);
      }
    }

    // Then
    assertThat(stages)
        .containsExactly("Waiting", "Baseline", "Ordered", "Live", "Recovery", "Judging", "Judged");
  }

  @Test
  void phasesAreCutByWhatHappened() {
    // When
    var history = Story.view(Story.whole()).history();

    // Then: the fault was live from second 22.08 to 52.097, and window i begins at second 1 + i
    assertThat(history.of(Phase.BASELINE).answers().total()).isEqualTo(21 * 50);
    assertThat(history.of(Phase.FAULT).answers().total()).isEqualTo(31 * 50);
    assertThat(history.of(Phase.RECOVERY).answers().total()).isEqualTo(21 * 50);
    assertThat(history.of(Phase.FAULT).availability()).hasValue(1547.0 / 1550.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void figuresDoNotDependOnTheOrderOfArrival(long seed) {
    // Given
    List<RunData> events = new ArrayList<>(Story.whole());
    Collections.shuffle(events, new Random(seed));
    // A topic keeps the order of a run's events; there is none between topics.
    int injected = events.indexOf(Examples.faultInjected());
    int reverted = events.indexOf(Examples.faultReverted());
    if (reverted < injected) {
      Collections.swap(events, injected, reverted);
    }

    // When
    var shuffled = Story.view(events).history();

    // Then
    var inOrder = Story.view(Story.whole()).history();
    for (Phase phase : Phase.values()) {
      assertThat(shuffled.of(phase)).as("%s, seed %d", phase, seed).isEqualTo(inOrder.of(phase));
    }
    assertThat(shuffled.latest()).isEqualTo(inOrder.latest());
  }

  @Test
  void aPodThatIsSeenAfterItWasHitIsMarked() {
    // When
    var view = RunView.EMPTY.after(Examples.faultInjected()).after(Examples.podHealth());

    // Then
    assertThat(view.pods().get(Examples.POD.uid()).hit()).isTrue();
  }

  @Test
  void theFirstAnsweredPredictionIsKnown() {
    // When
    var view = Story.view(Story.whole());

    // Then
    assertThat(view.firstPrediction()).contains(Story.at(1));
  }
}
