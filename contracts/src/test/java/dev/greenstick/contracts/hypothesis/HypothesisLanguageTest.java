package dev.greenstick.contracts.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HypothesisLanguageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fault.availability >= 0.995",
        "fault.latency.p99 <= 1.5 * baseline.latency.p99",
        "fault.latency.p99 <= 2 * baseline.latency.p99 + 10",
        "recovery.time <= duration('30s')",
        "fault.correctness == 1.0",
        "fault.correctness == 1",
        "run.count >= 100 && !(fault.count.refused > 0) || baseline.pods.restarted == 0",
        "fault.pods.unreadyTime < duration('1m30s')",
        "(fault.availability > 0.9 ? fault.errorRate : baseline.errorRate) < 0.1"
      })
  void whatMakesSenseCompiles(String assertion) {
    // When
    CompiledAssertion compiled = HypothesisLanguage.compile(assertion);

    // Then
    assertThat(compiled.text()).isEqualTo(assertion);
    assertThat(compiled.facts()).isNotEmpty();
  }

  @Test
  void everyFactCanBeNamed() {
    // Given
    List<String> names = Vocabulary.all().stream().map(Fact::name).toList();

    // When
    List<CompiledAssertion> compiled =
        Vocabulary.all().stream()
            .map(
                fact ->
                    fact.name() + (fact.unit() == Unit.SECONDS ? " > duration('1s')" : " > 1.0"))
            .map(HypothesisLanguage::compile)
            .toList();

    // Then
    assertThat(compiled.stream().flatMap(one -> one.facts().stream()).map(Fact::name).toList())
        .isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fault.latency.p98 <= 20 | line 1, column 1: fault.latency.p98 is no fact; did you mean fault.latency.p90?
          1 < fault.availabilty | line 1, column 5: fault.availabilty is no fact; did you mean fault.availability?
          fault.p99 < 1 | line 1, column 1: fault.p99 is no fact; facts are named like fault.availability or baseline.latency.p99
          temperature < 1 | line 1, column 1: temperature is no fact; facts are named like fault.availability or baseline.latency.p99
          steps['one'].availability > 1 | line 1, column 1: facts of single steps are not built yet; fault facts cover all steps together
          alerts['Burn'].timeToFire > 1 | line 1, column 1: alerts are not judged yet; assert on predictions and pods
          recovery.time <= 30 | line 1, column 15: <= does not apply to a duration and a number; durations are written duration('30s')
          recovery.time <= duration('PT30S') | line 1, column 27: duration is an ISO 8601 duration; write it as Kubernetes does, as 30s, but is: PT30S
          fault.availability + 1 | line 1, column 1: must be a condition that is true or false, but is a number
          size(fault.availability) > 1 | line 1, column 5: size is no function of the hypothesis language
          1 < 2 | line 1, column 1: names no fact, so it says nothing about the run
          '' | line 1, column 1: is empty; write a condition over facts
          """)
  void whatMakesNoSenseIsRefusedWithItsPlace(String assertion, String problem) {
    // When
    List<Problem> problems =
        HypothesisLanguage.check(
            new Hypothesis(
                List.of("baseline.count > 0"), List.of("run.count > 0", assertion), List.of()),
            "spec.hypothesis");

    // Then
    assertThat(problems).containsExactly(new Problem("spec.hypothesis.assertions[1]", problem));
  }

  @Test
  void anErrorOnTheSecondLineSaysSo() {
    // When
    var thrown =
        assertThatThrownBy(
            () ->
                HypothesisLanguage.compile("fault.availability > 0.9 &&\n  fault.latency.p9 < 3"));

    // Then
    thrown
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "line 2, column 3: fault.latency.p9 is no fact; did you mean fault.latency.p90?");
  }

  @Test
  void aSyntaxErrorHasItsPlace() {
    // When
    var thrown = assertThatThrownBy(() -> HypothesisLanguage.compile("fault.availability >="));

    // Then
    thrown
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 1, column 22: ");
  }

  @Test
  void everyProblemIsReportedAtOnceWhereItStands() {
    // Given
    Hypothesis hypothesis =
        new Hypothesis(
            List.of("fault.availability > 0.9"),
            List.of("foo > 1 && bar > 2"),
            List.of("recovery.time > duration('1s')", "fault.availability < 0.5"));

    // When
    List<Problem> problems = HypothesisLanguage.check(hypothesis, "h");

    // Then
    assertThat(problems)
        .containsExactly(
            new Problem(
                "h.steadyState[0]",
                "line 1, column 1: fault.availability is out of place: steadyState may name"
                    + " baseline facts only: it is judged before any fault"),
            new Problem(
                "h.assertions[0]",
                "line 1, column 1: foo is no fact; facts are named like fault.availability or"
                    + " baseline.latency.p99"),
            new Problem(
                "h.assertions[0]",
                "line 1, column 12: bar is no fact; facts are named like fault.availability or"
                    + " baseline.latency.p99"),
            new Problem(
                "h.stopConditions[0]",
                "line 1, column 1: recovery.time is out of place: stopConditions may name fault and"
                    + " run facts only: it is judged while a fault is live"));
  }

  @Test
  void aFailedComparisonHasItsFigures() {
    // Given
    CompiledAssertion assertion =
        HypothesisLanguage.compile("fault.latency.p99 <= 1.5 * baseline.latency.p99");

    // When
    Evaluation evaluation =
        assertion.evaluate(
            FactValues.of(Map.of("fault.latency.p99", 20.0, "baseline.latency.p99", 10.0)));

    // Then
    assertThat(evaluation.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(evaluation.figures())
        .get()
        .satisfies(
            figures -> {
              assertThat(figures.left()).isEqualTo(20.0);
              assertThat(figures.right()).isEqualTo(15.0);
              assertThat(figures.margin()).isEqualTo(-5.0);
              assertThat(figures.comparison().operator()).isEqualTo("<=");
              assertThat(figures.comparison().unit()).isEqualTo("ms");
              assertThat(figures.comparison().left()).isEqualTo("fault.latency.p99");
              assertThat(figures.comparison().right()).isEqualTo("1.5 * baseline.latency.p99");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      textBlock =
          """
          fault.availability > 0.9                             % HELD      %
          fault.availability > 0.99                            % FAILED    %
          fault.errorRate > 0                                  % UNDECIDED % fault.errorRate
          fault.availability > 0.9 || fault.errorRate > 0      % HELD      %
          fault.errorRate > 0 || fault.availability > 0.9      % HELD      %
          fault.errorRate > 0 || fault.availability > 0.99     % UNDECIDED % fault.errorRate
          fault.errorRate > 0 && fault.availability > 0.99     % FAILED    %
          fault.errorRate > 0 && fault.availability > 0.9      % UNDECIDED % fault.errorRate
          !(fault.errorRate > 0)                               % UNDECIDED % fault.errorRate
          !(fault.availability > 0.99)                         % HELD      %
          baseline.errorRate / baseline.errorRate <= 2         % UNDECIDED %
          fault.availability / baseline.errorRate <= 2         % FAILED    %
          recovery.time <= duration('20s')                     % FAILED    %
          recovery.time <= duration('30s')                     % FAILED    %
          recovery.time <= duration('31s')                     % UNDECIDED %
          recovery.time > duration('30s')                      % HELD      %
          recovery.time == duration('40s')                     % UNDECIDED %
          run.pods.unreadyTime == duration('1500ms')           % HELD      %
          (fault.availability > 0.9 ? fault.availability : fault.errorRate) > 0 % UNDECIDED % fault.errorRate
          """)
  void logicHasThreeValues(String assertion, Outcome outcome, String missing) {
    // Given
    FactValues facts =
        new FactValues(
            Map.of(
                "fault.availability", 0.95, "baseline.errorRate", 0.0, "run.pods.unreadyTime", 1.5),
            Map.of("recovery.time", 30.0));

    // When
    Evaluation evaluation = HypothesisLanguage.compile(assertion).evaluate(facts);

    // Then
    assertThat(evaluation.outcome()).isEqualTo(outcome);
    assertThat(evaluation.missing()).isEqualTo(missing == null ? Set.of() : Set.of(missing));
  }

  @Test
  void hostileTextIsRefusedAndNothingWorse() {
    // Given
    List<String> hostile =
        List.of("(".repeat(4_000), "!".repeat(4_000) + "x", "a.".repeat(2_000), "x".repeat(5_000));

    // When
    List<Problem> problems =
        HypothesisLanguage.check(new Hypothesis(List.of(), hostile, List.of()), "h");

    // Then
    assertThat(problems.stream().map(Problem::path).distinct())
        .containsExactly(
            "h.assertions[0]", "h.assertions[1]", "h.assertions[2]", "h.assertions[3]");
  }
}
