package dev.greenstick.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Histories;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the order, however often each event comes and whatever contradicts what: the verdict is
 * the same bytes, folded event by event as live or all at once as in a replay.
 */
class AnyOrderPropertyTest {

  private static final int HISTORIES = 3_000;
  private final Map<VerdictReached.Outcome, Integer> outcomes = new ConcurrentHashMap<>();
  private final LongAdder lacking = new LongAdder();
  private final LongAdder takenBack = new LongAdder();

  @Test
  void anyPermutationWithAnyDuplicatesGivesTheSameBytes() {
    LongStream.range(0, HISTORIES).parallel().forEach(this::anyOrder);

    assertThat(outcomes.keySet())
        .as("the generator makes every outcome: %s", outcomes)
        .contains(VerdictReached.Outcome.values());
    assertThat(lacking.sum()).as("histories that lack something").isGreaterThan(HISTORIES / 10);
    assertThat(takenBack.sum())
        .as("changes that had to be taken back")
        .isGreaterThan(HISTORIES / 10);
  }

  private void anyOrder(long seed) {
    // Given
    List<Evidence> events = Histories.of(seed);
    String expected = bytes(atOnce(events));

    // When
    Live live = Live.of(Scrambled.of(events, new Random(seed)));

    // Then
    assertThat(bytes(live.verdict())).as("seed %d", seed).isEqualTo(expected);
    assertThat(live.due.contains(Due.VERDICT))
        .as("seed %d: due when the run has ended and nothing is lacking", seed)
        .isEqualTo(live.progress.lacking().isEmpty());
    takenBack.add(live.afresh);
    if (!live.progress.lacking().isEmpty()) {
      lacking.increment();
      assertThat(live.verdict().data().outcome())
          .as("seed %d: what lacks something is never a pass", seed)
          .isNotEqualTo(VerdictReached.Outcome.CONFIRMED);
    }
    outcomes.merge(live.verdict().data().outcome(), 1, Integer::sum);
  }

  /** As a replay folds. */
  private static Event<VerdictReached> atOnce(List<Evidence> events) {
    Gathered history = new Gathered();
    events.forEach(history::add);
    Progress progress = Folded.FOLD.afresh(Progress.of(events.getLast().data().run()), history);
    return Folded.FOLD.verdict(progress, history);
  }

  /** As the live service folds: event by event, and afresh when one takes another's place. */
  private static final class Live {

    private final Map<String, Evidence> places = new HashMap<>();
    private final Gathered history = new Gathered();
    private Progress progress;
    private java.util.Set<Due> due = java.util.Set.of();
    private int afresh;

    static Live of(List<Evidence> events) {
      Live live = new Live();
      live.progress = Progress.of(events.getFirst().data().run());
      events.forEach(live::take);
      return live;
    }

    private void take(Evidence arrived) {
      Evidence there = places.get(arrived.place());
      Evidence better = there == null ? arrived : there.or(arrived);
      places.put(arrived.place(), better);
      history.add(arrived);
      if (there != null && there.data().equals(arrived.data())) {
        return;
      }
      if (there != null && better.equals(there)) {
        return;
      }
      if (there != null) {
        afresh++;
        progress = Folded.FOLD.afresh(progress, history);
      }
      Step step = Folded.FOLD.fold(progress, arrived);
      progress = step.after();
      due = step.due();
    }

    Event<VerdictReached> verdict() {
      return Folded.FOLD.verdict(progress, history);
    }
  }

  private static String bytes(Event<VerdictReached> verdict) {
    return verdict.id() + " " + verdict.time() + " " + Json.text(verdict.data());
  }
}
