package dev.greenstick.verdict.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void pagesTellEverythingOnceInTheOrderOfTimeWhateverOrderItIsReadIn(int most) {
    // Given
    List<Happening> happenings = new ArrayList<>(happenings());
    List<Happening> inOrder = happenings.stream().sorted().toList();
    Collections.shuffle(happenings, new Random(most));

    // When
    List<Happening> told = new ArrayList<>();
    Timeline.Mark after = null;
    do {
      Timeline timeline = new Timeline(after, most);
      happenings.forEach(timeline::add);
      told.addAll(timeline.page());
      after =
          timeline.next().map(mark -> Timeline.Mark.parse(mark.text()).orElseThrow()).orElse(null);
    } while (after != null);

    // Then
    assertThat(told).isEqualTo(inOrder).hasSameSizeAs(happenings);
  }

  @Test
  void aRunIsToldFromItsPlanToItsVerdict() {
    assertThat(happenings().stream().sorted().map(Happening::what))
        .containsExactly(
            "planned for 2026-11-24T10:00:00Z: requested by alice",
            "1 probe started: predictions",
            "pod crescents-0 is Running and ready, restarted 0 times",
            "pod crescents-1 is Running and ready, restarted 0 times",
            "pod crescents-2 is Running and ready, restarted 0 times",
            "step pod-failure started with 1 fault",
            "fault injected into default/crescents-0, 1 of 3 candidates: images patched",
            "pod crescents-0 is Running and not ready, restarted 1 time",
            "fault reverted: its duration was over",
            "pod crescents-0 is Running and ready, restarted 2 times",
            "the probes finished, commanded, after 70 windows",
            "the run finished",
            "confirmed: all 4 assertions held");
  }

  @Test
  void everyEventThatARunCanHaveIsToldInASentence() {
    // Given
    List<RunData> events =
        List.of(
            Examples.runPlanned(),
            Examples.stepStarted(),
            Examples.runFinished(),
            Examples.runAborted(),
            Examples.runSkipped(),
            Examples.faultInjected(),
            Examples.faultReverted(),
            Examples.faultRefused(),
            Examples.faultFailed(),
            Examples.faultConflicted(),
            Examples.probeStarted(),
            Examples.probeRefused(),
            Examples.healthWindow(),
            Examples.podHealth(),
            Examples.alertObserved(),
            Examples.expectationsLearned(),
            Examples.probeFinished(),
            Examples.baselineJudged(),
            Examples.stopConditionBreached(),
            Examples.verdictReached());

    // Then
    assertThat(events.stream().map(Telling::what))
        .allSatisfy(what -> assertThat(what).isNotBlank().doesNotContain("[[", "@", "null "));
  }

  private static List<Happening> happenings() {
    List<Evidence> evidence = Story.standard().evidence();
    List<Happening> happenings = new ArrayList<>();
    evidence.stream()
        .filter(one -> !(one.data() instanceof HealthWindow))
        .forEach(one -> happenings.add(Happening.of(one, false)));
    var verdict = Folded.of(evidence).verdict();
    happenings.add(Happening.of(verdict.data(), verdict.time()));
    return happenings;
  }
}
