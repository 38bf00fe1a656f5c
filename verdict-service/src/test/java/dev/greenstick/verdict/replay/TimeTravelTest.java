package dev.greenstick.verdict.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.hypothesis.Bounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeTravelTest {

  private static final Story STORY = Story.of(1, 2, 3, 3);
  private static final TimeTravel TRAVEL = new TimeTravel(Bounds.STANDARD);

  private static History history() throws Exception {
    return TimeTravel.history(
            MemoryRecording.of(List.of(Story.of(7, 2, 3, 3), STORY)), STORY.run().id())
        .orElseThrow();
  }

  @Test
  void afterEachEventTheStateIsTheFoldOfThoseUpToIt() throws Exception {
    // Given
    History history = history();
    int all = STORY.evidence().size();

    for (int i = 1; i <= all; i++) {
      // When
      RunState state = TRAVEL.of(history, new AsOf.Number(i)).orElseThrow();

      // Then
      Folded folded = Folded.of(STORY.evidence().subList(0, i));
      assertThat(state.events()).isEqualTo(i);
      assertThat(state.all()).isEqualTo(all);
      assertThat(state.lacking()).as("after %d", i).isEqualTo(folded.progress().lacking());
      assertThat(state.facts()).as("after %d", i).isEqualTo(folded.verdict().data().facts());
    }
  }

  @Test
  void aPointCanBeNamedByInstantPlaceOrId() throws Exception {
    // Given
    History history = history();
    Evidence injected =
        history.events().stream()
            .filter(event -> event.data() instanceof FaultInjected)
            .findFirst()
            .orElseThrow();

    // When
    RunState byTime = TRAVEL.of(history, new AsOf.At(injected.time())).orElseThrow();
    RunState byPlace = TRAVEL.of(history, new AsOf.After(injected.origin())).orElseThrow();
    RunState byId = TRAVEL.of(history, AsOf.parse(byTime.event().id())).orElseThrow();

    // Then
    assertThat(byTime.event().type()).isEqualTo("dev.greenstick.fault.injected.v1");
    assertThat(byPlace).isEqualTo(byTime);
    assertThat(byId).isEqualTo(byTime);
    assertThat(byTime.faults()).singleElement().matches(fault -> fault.live());
    assertThat(TRAVEL.of(history, new AsOf.At(STORY.at(-100)))).isEmpty();
    assertThat(TRAVEL.of(history, new AsOf.Number(100_000))).isEmpty();
  }

  @Test
  void everyFormOfAPointIsRead() {
    assertThat(AsOf.parse("last")).isEqualTo(new AsOf.Last());
    assertThat(AsOf.parse("17")).isEqualTo(new AsOf.Number(17));
    assertThat(AsOf.parse("greenstick.health/2@107"))
        .isEqualTo(
            new AsOf.After(new dev.greenstick.verdict.history.Origin("greenstick.health", 2, 107)));
    assertThat(AsOf.parse("2026-11-24T11:44:38Z"))
        .isEqualTo(new AsOf.At(java.time.Instant.parse("2026-11-24T11:44:38Z")));
    assertThatThrownBy(() -> AsOf.parse("yesterday"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be last, a number of events, an instant");
  }
}
