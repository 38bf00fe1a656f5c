package dev.greenstick.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever the order and however often each event comes, the verdict is the same bytes. */
class RunFoldPropertyTest {

  private static final int HISTORIES = 3_000;

  @Test
  void anyPermutationWithAnyDuplicatesGivesTheSameBytes() {
    Map<VerdictReached.Outcome, Integer> seen = new ConcurrentHashMap<>();
    LongStream.range(0, HISTORIES).parallel().forEach(seed -> anyOrder(seed, seen));
    assertThat(seen.keySet())
        .as("the generator makes every outcome: %s", seen)
        .contains(VerdictReached.Outcome.values());
  }

  private static void anyOrder(long seed, Map<VerdictReached.Outcome, Integer> seen) {
    // Given
    Random random = new Random(seed);
    List<Evidence> events = story(random).evidence();
    Folded inOrder = Folded.of(events);
    List<Evidence> scrambled = Scrambled.of(events, random);

    // When
    Folded outOfOrder = Folded.of(scrambled);

    // Then
    assertThat(bytes(outOfOrder)).as("seed %d", seed).isEqualTo(bytes(inOrder));
    assertThat(outOfOrder.progress()).as("seed %d", seed).isEqualTo(inOrder.progress());
    assertThat(outOfOrder.due().contains(Due.VERDICT))
        .as("seed %d: due as soon as nothing is lacking", seed)
        .isEqualTo(outOfOrder.progress().lacking().isEmpty());
    seen.merge(inOrder.verdict().data().outcome(), 1, Integer::sum);
  }

  private static String bytes(Folded folded) {
    var verdict = folded.verdict();
    return verdict.id() + " " + verdict.time() + " " + Json.text(verdict.data());
  }

  private static Story story(Random random) {
    Story story =
        Story.of(
                random.nextInt(1_000),
                1 + random.nextInt(5),
                1 + random.nextInt(6),
                1 + random.nextInt(6))
            .replicas(1 + random.nextInt(3))
            .readyAfter(random.nextInt(5) == 0 ? -1 : random.nextDouble() * 6);
    for (int i = 0; i < story.length(); i++) {
      if (random.nextInt(8) == 0) {
        story.answered(i, answers(random));
      }
      if (random.nextInt(40) == 0) {
        story.late(i, random.nextInt(300_000));
      }
    }
    switch (random.nextInt(10)) {
      case 0 -> story.without(RunPlanned.class::isInstance);
      case 1 -> story.without(ProbeFinished.class::isInstance);
      case 2 -> story.without(ProbeStarted.class::isInstance);
      case 3 -> story.without(PodHealth.class::isInstance);
      case 4 -> story.without(FaultReverted.class::isInstance);
      case 5 -> {
        int lost = random.nextInt(story.length());
        story.without(data -> data instanceof HealthWindow window && window.index() == lost);
      }
      case 6 ->
          story
              .without(data -> data instanceof RunFinished || data instanceof FaultInjected)
              .and(
                  story.length() + 2,
                  new RunAborted(
                      story.run(), RunAborted.Cause.REQUESTED, "alice asked for it", true));
      default -> {}
    }
    if (random.nextInt(8) == 0) {
      tellMoreEnds(story, random);
    }
    if (random.nextInt(10) == 0) {
      story.and(
          random.nextInt(9),
          new AlertObserved(story.run(), "ModelErrorBudgetBurn", Map.of(), Examples.START, null));
    }
    return story;
  }

  /** More than one end of the fault: by its duration, by a failure, by a refusal that came late. */
  private static void tellMoreEnds(Story story, Random random) {
    double at = random.nextDouble() * story.length();
    if (random.nextBoolean()) {
      story.and(
          at,
          new FaultFailed(
              story.run(),
              story.fault(),
              Examples.STEP,
              "the API is away",
              List.of(),
              story.at(at)));
    }
    if (random.nextBoolean()) {
      story.and(
          at,
          new FaultRefused(
              story.run(),
              story.fault(),
              Examples.STEP,
              List.of(new Problem("deadline", "is past"))));
    }
  }

  private static Answers answers(Random random) {
    int bad = random.nextInt(Story.RATE + 1) / (1 + random.nextInt(30));
    return switch (random.nextInt(5)) {
      case 0 -> new Answers(Story.RATE - bad, bad, 0, 0, 0, 0, 0);
      case 1 -> new Answers(Story.RATE - bad, 0, 0, bad, 0, 0, 0);
      case 2 -> new Answers(Story.RATE - bad, 0, 0, 0, bad, 0, 0);
      case 3 -> new Answers(Story.RATE - bad, 0, bad / 2, 0, 0, bad - bad / 2, 0);
      default -> Answers.NONE;
    };
  }
}
