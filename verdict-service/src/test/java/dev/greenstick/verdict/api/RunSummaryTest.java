package dev.greenstick.verdict.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.HandedDown;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

  @Test
  void aRunThatDidNotTakePlaceIsToldAsSkippedWithTheReasonAndLacksNothing() {
    // Given
    RunSkipped skipped = new RunSkipped(Examples.RUN, Examples.START, "it is not defined");

    // When
    RunView view =
        RunView.of(
            Progress.of(Examples.RUN)
                .with(new Evidence(skipped, Examples.START, new Origin(Topics.RUNS.name(), 0, 0))),
            HandedDown.NOTHING,
            0);

    // Then
    assertThat(view.summary())
        .isEqualTo(
            new RunSummary(
                Examples.RUN, Examples.START, null, "skipped", null, "it is not defined"));
    assertThat(view.lacking()).isEmpty();
  }
}
