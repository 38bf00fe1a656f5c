package dev.greenstick.verdict.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Golden;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts as whole documents, for runs as they happen. */
class VerdictGoldenTest {

  private static final Answers ALL_REFUSED = new Answers(0, 0, 0, Story.RATE, 0, 0, 0);

  @Test
  void threeReplicasLoseEightOfFifteenHundred() {
    // Given
    Story story =
        Story.standard()
            .answered(20, new Answers(47, 0, 0, 3, 0, 0, 0))
            .answered(21, new Answers(46, 0, 0, 1, 3, 0, 0))
            .answered(50, new Answers(49, 0, 0, 0, 0, 1, 0));

    // When, Then
    judged("three-replicas", story);
  }

  @Test
  void threeReplicasLoseNothing() {
    // When, Then
    judged("nothing-lost", Story.standard());
  }

  @Test
  void aSingleReplicaIsRefuted() {
    // Given
    Story story = Story.standard().replicas(1).readyAfter(1.7);
    for (int i = 20; i < 52; i++) {
      story.answered(i, ALL_REFUSED);
    }

    // When, Then
    judged("single-replica", story);
  }

  @Test
  void whatNeverRecoversIsRefuted() {
    // Given
    Story story = Story.standard().replicas(1).readyAfter(-1);
    for (int i = 20; i < 70; i++) {
      story.answered(i, ALL_REFUSED);
    }

    // When, Then
    judged("never-recovered", story);
  }

  @Test
  void aRecoveryThatWasNotWatchedForLongEnoughIsUndecided() {
    // Given
    Story story =
        Story.standard()
            .readyAfter(-1)
            .hypothesis(List.of("recovery.time <= duration('1m')"), List.of());

    // When, Then
    judged("watched-too-short", story);
  }

  @Test
  void emptyWindowsAreNoPass() {
    // Given
    Story story = Story.standard();
    for (int i = 20; i < 50; i++) {
      story.answered(i, Answers.NONE);
    }

    // When, Then
    judged("empty-windows", story);
  }

  @Test
  void wrongPredictionsAreAvailableAndNotCorrect() {
    // Given
    Story story = Story.standard().answered(25, new Answers(45, 5, 0, 0, 0, 0, 0));

    // When, Then
    judged("wrong-predictions", story);
  }

  @Test
  void aMissingWindowIsNoPass() {
    // Given
    Story story =
        Story.standard()
            .without(data -> data instanceof HealthWindow window && window.index() == 33);

    // When, Then
    judged("missing-window", story);
  }

  @Test
  void aProbeThatFallsSilentIsNoPass() {
    // Given
    Story story =
        Story.standard()
            .without(
                data ->
                    data instanceof ProbeFinished
                        || (data instanceof HealthWindow window && window.index() > 40));

    // When, Then
    judged("silent-probe", story);
  }

  @Test
  void anInjectorThatFallsSilentIsNoPass() {
    // When, Then
    judged("silent-injector", Story.standard().without(FaultReverted.class::isInstance));
  }

  @Test
  void podsThatNobodyWatchedAreNoPass() {
    // When, Then
    judged("no-pods", Story.standard().without(PodHealth.class::isInstance));
  }

  @Test
  void aLateProberIsNoPass() {
    // Given
    Story story = Story.standard().late(30, 240_000).late(31, 180_000);

    // When, Then
    judged("late-prober", story);
  }

  @Test
  void whatTheProberWasTooLateToSendIsNoFaultOfTheModel() {
    // Given
    Story story = Story.standard().notSent(30, 20);

    // When, Then
    judged("not-sent", story);
  }

  @Test
  void whatTheProberWasTooLateToSendDoesNotExcuseWhatTheModelLeftUndone() {
    // Given
    Story story = Story.standard().notSent(30, 1).answered(31, new Answers(0, 0, 0, 50, 0, 0, 0));

    // When, Then
    judged("not-sent-and-refused", story);
  }

  @Test
  void aRefusedFaultEndsInconclusive() {
    // Given
    Story story =
        Story.standard()
            .without(
                data ->
                    data instanceof FaultInjected
                        || data instanceof FaultReverted
                        || data instanceof RunFinished);
    story
        .and(
            20.1,
            new FaultRefused(
                story.run(),
                story.fault(),
                Examples.STEP,
                List.of(new Problem("selector", "matches no pod of namespaces [empty]"))))
        .and(
            72,
            new RunAborted(
                story.run(),
                RunAborted.Cause.FAULT_REFUSED,
                "fault refused: selector matches no pod of namespaces [empty]",
                true));

    // When, Then
    judged("refused-fault", story);
  }

  @Test
  void aDryRunIsInconclusiveWhateverWasSeen() {
    // Given
    Story story =
        Story.standard()
            .without(data -> data instanceof FaultInjected || data instanceof FaultReverted);
    story.and(
        20.1,
        new FaultRehearsed(
            story.run(),
            story.fault(),
            Examples.STEP,
            Examples.podChaos(),
            3,
            List.of(Examples.POD),
            "images patched to pause:1",
            "the experiment says dryRun: true"));

    // When, Then
    judged("dry-run", story);
  }

  @Test
  void aRunWithoutItsPlanIsInconclusive() {
    // When, Then
    judged("no-plan", Story.standard().without(RunPlanned.class::isInstance));
  }

  @Test
  void aRunThatNobodyEndsIsInconclusiveWhateverWasSeen() {
    // When, Then
    judged("no-end", Story.standard().without(RunFinished.class::isInstance));
  }

  @Test
  void anAssertionThatCannotBeReadIsUndecided() {
    // Given
    Story story =
        Story.standard().hypothesis(List.of("fault.availabilty > 0.9", "run.count > 1"), List.of());

    // When, Then
    judged("unreadable-assertion", story);
  }

  private static void judged(String name, Story story) {
    var verdict = Folded.of(story.evidence()).verdict();
    try {
      Golden.assertThat(
          "verdicts/" + name + ".json",
          Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(verdict.data())
              + "\n"
              + verdict.time()
              + "\n");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
