package dev.greenstick.probe.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.Expected;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.Tolerance;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.ExpectationsLearned.Learned;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.predict.RightAnswers.Lesson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RightAnswersTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long BASELINE = Duration.ofSeconds(10).toNanos();
  private static final long BEFORE = BASELINE - 1;
  private static final long AFTER = BASELINE;

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Probe probe(Expected expected, String... expects) {
    List<PredictionRequest> requests = new ArrayList<>();
    for (String expect : expects) {
      requests.add(new PredictionRequest(json("[]"), expect == null ? null : json(expect)));
    }
    Probe example = Examples.experiment().spec().probes().get(0);
    return new Probe(
        example.name(),
        example.protocol(),
        example.url(),
        example.model(),
        null,
        1,
        example.timeout(),
        requests,
        null,
        null,
        expected,
        Map.of("*", new Tolerance(0.1, null, null, Tolerance.Text.CONTAINS, null)));
  }

  private static RightAnswers answers(Expected expected, String... expects) {
    return new RightAnswers(probe(expected, expects), UnaryOperator.identity(), BASELINE);
  }

  private static Answer judged(RightAnswers answers, long index, String prediction, long at) {
    return answers.judged(index, new Answer.Ok(List.of(), json(prediction)), at);
  }

  private static boolean isUnjudged(Answer answer) {
    return answer instanceof Answer.Ok ok && !ok.judged();
  }

  @Test
  void whatIsGivenIsJudgedFromTheFirstAnswerAndOnlyForRequestsThatSayIt() {
    // Given
    RightAnswers answers = answers(Expected.GIVEN, "[1]", null);

    // When
    Answer right = judged(answers, 0, "[1.05]", 0);
    Answer wrong = judged(answers, 2, "[2]", 0);
    Answer any = judged(answers, 1, "[2]", 0);

    // Then
    assertThat(right).isEqualTo(new Answer.Ok(List.of(), json("[1.05]"), true));
    assertThat(wrong).isEqualTo(new Answer.Wrong(List.of(), "prediction[0] is 2, expected 1"));
    assertThat(isUnjudged(any)).isTrue();
    assertThat(answers.lesson(AFTER)).isEmpty();
  }

  @Test
  void whatIsAnsweredInTheBaselineIsRightFromThenOn() {
    // Given
    RightAnswers answers = answers(Expected.LEARNED, null, "[7]", null);
    List<Answer> before =
        List.of(
            judged(answers, 0, "[1]", 0),
            judged(answers, 3, "[1.05]", BEFORE),
            judged(answers, 1, "[7]", 0));

    // When
    Optional<Lesson> early = answers.lesson(BEFORE);
    Optional<Lesson> lesson = answers.lesson(AFTER);
    Optional<Lesson> again = answers.lesson(AFTER);

    // Then
    assertThat(before).extracting(RightAnswersTest::isUnjudged).containsExactly(true, true, false);
    assertThat(early).isEmpty();
    assertThat(lesson).contains(new Lesson(3, List.of(new Learned(0, json("[1]"))), List.of()));
    assertThat(again).isEmpty();
    assertThat(judged(answers, 6, "[1.09]", AFTER))
        .isEqualTo(new Answer.Ok(List.of(), json("[1.09]"), true));
    assertThat(judged(answers, 6, "[2]", AFTER))
        .isEqualTo(new Answer.Wrong(List.of(), "prediction[0] is 2, expected 1"));
    assertThat(isUnjudged(judged(answers, 8, "[2]", AFTER))).as("never answered before").isTrue();
    assertThat(isUnjudged(judged(answers, 9, "[2]", BEFORE))).as("a late one").isTrue();
  }

  @Test
  void aRequestWhoseAnswersDifferInTheBaselineIsUnstableAndNotJudged() {
    // Given
    RightAnswers answers = answers(Expected.LEARNED, null, null);
    for (String text : List.of("\"cat\"", "\"cat\"", "\"cat\"", "\"a cat\"", "\"cat\"")) {
      judged(answers, 0, text, 0);
      judged(answers, 1, "1", 0);
    }

    // When
    Lesson lesson = answers.lesson(AFTER).orElseThrow();

    // Then
    assertThat(lesson.learned()).containsExactly(new Learned(1, json("1")));
    assertThat(lesson.unstable())
        .containsExactly(
            new ExpectationsLearned.Unstable(
                0, "prediction is \"a cat\", expected \"cat\" as 3 times before"));
    assertThat(isUnjudged(judged(answers, 2, "\"dog\"", AFTER))).isTrue();
  }

  @Test
  void answersThatAreTooLongToTravelAreNotLearnedAndSaidToBe() {
    // Given
    RightAnswers answers = answers(Expected.LEARNED, null, null);
    judged(answers, 0, "\"" + "x".repeat(RightAnswers.MOST_LEARNED) + "\"", 0);
    judged(answers, 1, "1", 0);

    // When
    Lesson lesson = answers.lesson(AFTER).orElseThrow();

    // Then
    assertThat(lesson.learned()).isEmpty();
    assertThat(lesson.unstable())
        .hasSize(2)
        .allMatch(each -> each.detail().startsWith("is not learned"));
  }

  @Test
  void whatWasLearnedBeforeACrashIsTakenOverAsItWasWritten() throws Exception {
    // Given
    RightAnswers first = answers(Expected.LEARNED, null, null, null);
    first.judged(0, new Answer.Ok(List.of(), json("[1.5]")), 0);
    Lesson lesson = first.lesson(AFTER).orElseThrow();
    ExpectationsLearned written =
        new ExpectationsLearned(
            Examples.RUN,
            Examples.PROBE,
            Examples.START,
            lesson.requests(),
            lesson.learned(),
            lesson.unstable());
    RightAnswers second = answers(Expected.LEARNED, null, null, null);

    // When
    second.restore(Json.mapper().readValue(Json.text(written), ExpectationsLearned.class));

    // Then
    assertThat(judged(second, 0, "[3]", AFTER)).isInstanceOf(Answer.Wrong.class);
    assertThat(isUnjudged(judged(second, 1, "[3]", AFTER))).isTrue();
    assertThat(second.lesson(AFTER)).isEmpty();
  }
}
