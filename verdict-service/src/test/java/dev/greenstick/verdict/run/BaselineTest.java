package dev.greenstick.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.BaselineJudged.Steadiness;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {

  @Test
  void whatNothingAnswersIsUnsteady() {
    // Given
    Story story = Story.of(1, 3, 5, 5);
    for (int i = 0; i < 3; i++) {
      story.answered(i, new Answers(0, 0, 0, Story.RATE, 0, 0, 0));
    }

    // When
    BaselineJudged judged = baseline(story);

    // Then
    assertThat(judged.steadiness()).isEqualTo(Steadiness.UNSTEADY);
    assertThat(judged.reason())
        .isEqualTo("1 of 1 assertions failed: baseline.availability was 0, below 0.99");
  }

  @Test
  void probesThatAreRefusedMakeItTooThin() {
    // Given
    Story story =
        Story.of(1, 3, 5, 5)
            .without(data -> !(data instanceof RunEvent || data instanceof ProbeRefused));
    story.and(
        0,
        new ProbeRefused(
            story.run(), List.of(new Problem("probes[0].url", "cannot be resolved: nowhere"))));

    // When
    BaselineJudged judged = baseline(story);

    // Then
    assertThat(judged.steadiness()).isEqualTo(Steadiness.TOO_THIN);
    assertThat(judged.reason())
        .isEqualTo("the probes were refused: probes[0].url: cannot be resolved: nowhere");
  }

  private static BaselineJudged baseline(Story story) {
    Folded folded = Folded.of(story.evidence());
    return Folded.FOLD.baseline(folded.progress(), folded.history()).data();
  }
}
