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
        "(fault.availability > 0.9 ? fault.errorRate : baseline.errorRate) < 0.1",
        "fault.availability >= 99.5%",
        "fault.latency.p99 <= 200ms && recovery.time <= 1m30s",
        "fault.latency.p99 - baseline.latency.p99 < 0.1s",
        "recovery.time / duration('10s') < 2",
        "difference(fault.availability, baseline.availability) >= -0.5%",
        "difference(fault.latency.p99, baseline.latency.p99, 99%) <= 20ms",
        "ratio(fault.latency.p50, baseline.latency.p50) <= 1.2",
        "pValue(fault.latency.p99, baseline.latency.p99) > 0.01",
        "confident(fault.availability) >= 99%",
        "longest(fault.availability < 99%) <= 3s",
        "consecutive(fault.latency.p99 > 2 * baseline.latency.p99 || fault.errorRate > 1%) < 3",
        "total(run.errorRate > 0) <= 10s",
        "psi(baseline.labels, fault.labels) < 0.1",
        "jensenShannon(baseline.labels, steps['one'].labels) < 0.05",
        "fault.labels['spam'] <= 2 * baseline.labels['spam']",
        "steps['kill-one'].availability >= 0.9 && steps.two.correctness == 1",
        "probes['eu'].fault.availability >= probes.us.fault.availability",
        "probes['eu'].recovery.time < 10s",
        "alerts['ModelErrorBudgetBurn'].timeToFire <= duration('2m')",
        "alerts.fired == 0 || alerts['Burn 5% now'].timeToAcknowledge < 5m",
        "true && fault.count > 1",
        "(fault.count > 1) == (baseline.count > 1)"
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
          steps['one'].availabilty > 1 | line 1, column 1: steps['one'].availabilty is no fact; did you mean steps['one'].availability?
          steps['One'].availability > 1 | line 1, column 1: One is no name of a step: those are lower-case letters, digits and hyphens
          steps.availability > 1 | line 1, column 1: steps.availability is no fact; facts of one step are named like steps['name'].availability
          probes['a'].fault.availabilty > 1 | line 1, column 1: probes['a'].fault.availabilty is no fact; did you mean probes['a'].fault.availability?
          probes['a'].fault.pods.restarted > 1 | line 1, column 1: probes['a'].fault.pods.restarted is no fact; pods are of the run and of no probe: write fault.pods.restarted
          alerts['Burn'].timeToFre > 1s | line 1, column 1: alerts['Burn'].timeToFre is no fact; did you mean timeToFire?
          alerts['Burn'] > 1 | line 1, column 1: alerts['Burn'] is no fact; alerts are named like alerts['ModelErrorBudgetBurn'].timeToFire or alerts.fired
          recovery.time <= 30 | line 1, column 15: <= does not apply to a duration and a number; durations are written 30s or duration('30s')
          recovery.time <= duration('PT30S') | line 1, column 27: duration is an ISO 8601 duration; write it as Kubernetes does, as 30s, but is: PT30S
          recovery.time <= 30sec | line 1, column 18: 30sec is no number and no time; times are written 200ms, 30s or 1h30m, with the units ns us ms s m h
          recovery.time <= 1.5.2s | line 1, column 18: 1.5.2s is no number and no time; times are written 200ms, 30s or 1h30m, with the units ns us ms s m h
          fault.errorRate < 5 % | line 1, column 21: % stands right behind its number, as in 99.5%; there is no remainder
          fault.errorRate < .5% | line 1, column 19: write 0 before the point: 0.5%
          fault.count < 5%3 | line 1, column 16: % makes a percentage of its number; there is no remainder
          fault.count.refused <= 5% | line 1, column 21: fault.count.refused is a count, and 5% a share
          fault.availability >= 99.5 | line 1, column 20: fault.availability is a share between 0 and 1; 99.5 would be 99.5% or more than all
          fault.availability + 1 | line 1, column 1: must be a condition that is true or false, but is a number
          fault.latency.p99 < fault.count | line 1, column 19: < does not apply to a latency and a number
          fault.latency.p99 * 2s > 1s | line 1, column 19: times are not multiplied with each other
          size(fault.availability) > 1 | line 1, column 5: size is no function of the hypothesis language; known are duration, longest, consecutive, total, difference, ratio, pValue, confident, psi, jensenShannon
          pvalue(fault.availability, 1) > 1 | line 1, column 7: pvalue is no function of the hypothesis language; did you mean pValue?
          difference(fault.availability) > 1 | line 1, column 11: difference is written difference(fact, fact)
          difference(fault.availability, fault.errorRate) > 1 | line 1, column 11: difference compares one measure of two parts, and not two measures
          difference(fault.count, baseline.count) > 1 | line 1, column 11: difference takes shares or latencies, and fault.count is neither
          difference(2 * fault.availability, baseline.availability) > 1 | line 1, column 14: difference takes facts by their names, and nothing computed
          ratio(fault.latency.p50, baseline.latency.p50, 40%) > 1 | line 1, column 48: the confidence is a number between 50% and 100%, such as 99%
          longest(fault.availability) > 1s | line 1, column 9: longest takes conditions, and not a number
          longest(alerts.fired > 0) > 1s | line 1, column 8: longest alerts.fired is not known window by window
          psi(fault.count, baseline.labels) > 1 | line 1, column 5: psi takes labels, as in baseline.labels
          fault.labels > 1 | line 1, column 1: fault.labels are many figures; write fault.labels['name'] for the share of one, or psi(...)
          fault.availability > 'high' | line 1, column 22: a text cannot stand here
          [fault.count] == 1.0 | line 1, column 1: lists and maps cannot be used here
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
        .hasMessage("line 1, column 22: ends before it is complete");
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
                "line 1, column 1: recovery.time is out of place: stopConditions may name facts of"
                    + " the baseline, the fault, steps, the run and alerts: it is judged while a"
                    + " fault is live"));
  }

  @Test
  void aFailedComparisonHasItsFigures() {
    // Given
    CompiledAssertion assertion =
        HypothesisLanguage.compile("fault.latency.p99 <= 1.5 * baseline.latency.p99");

    // When
    Evaluation evaluation =
        assertion.evaluate(
            Known.exactly(Map.of("fault.latency.p99", 20.0, "baseline.latency.p99", 10.0)));

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
      delimiter = '~',
      textBlock =
          """
          fault.availability > 0.9 ~ HELD ~
          fault.availability > 0.99 ~ FAILED ~
          fault.errorRate > 0 ~ UNDECIDED ~ fault.errorRate
          fault.availability > 0.9 || fault.errorRate > 0 ~ HELD ~
          fault.errorRate > 0 || fault.availability > 0.9 ~ HELD ~
          fault.errorRate > 0 || fault.availability > 0.99 ~ UNDECIDED ~ fault.errorRate
          fault.errorRate > 0 && fault.availability > 0.99 ~ FAILED ~
          fault.errorRate > 0 && fault.availability > 0.9 ~ UNDECIDED ~ fault.errorRate
          !(fault.errorRate > 0) ~ UNDECIDED ~ fault.errorRate
          !(fault.availability > 0.99) ~ HELD ~
          baseline.errorRate / baseline.errorRate <= 2 ~ UNDECIDED ~
          fault.availability / baseline.errorRate <= 2 ~ FAILED ~
          recovery.time <= duration('20s') ~ FAILED ~
          recovery.time <= duration('30s') ~ FAILED ~
          recovery.time <= duration('31s') ~ UNDECIDED ~
          recovery.time > duration('30s') ~ HELD ~
          recovery.time == duration('40s') ~ UNDECIDED ~
          run.pods.unreadyTime == duration('1500ms') ~ HELD ~
          fault.availability - 1 >= -5.1%                      ~ HELD ~
          fault.availability - 1 >= - 4.9%                     ~ FAILED ~
          -1s < run.pods.unreadyTime                           ~ HELD ~
          recovery.time == duration('20s') ~ FAILED ~
          recovery.time <= 30s ~ FAILED ~
          run.pods.unreadyTime <= 1500ms ~ HELD ~
          (fault.availability > 0.9 ? fault.availability : fault.errorRate) > 0 ~ HELD ~
          (fault.availability < 0.9 ? fault.availability : fault.errorRate) > 0 ~ UNDECIDED ~ fault.errorRate
          (fault.errorRate > 0 ? 1 : 2) <= 2 * fault.availability + 1 ~ HELD ~
          (fault.errorRate > 0 ? 1 : 2) <= fault.availability ~ FAILED ~
          (fault.errorRate > 0 ? 0.5 : 2) <= fault.availability ~ UNDECIDED ~ fault.errorRate
          fault.errorRate > 0 ? fault.availability > 0.9 : fault.availability < 1.0 ~ HELD ~
          (fault.errorRate > 0) == (fault.availability > 0.9) ~ UNDECIDED ~ fault.errorRate
          (baseline.errorRate > 0) != (fault.availability > 0.9) ~ HELD ~
          """)
  void logicHasThreeValues(String assertion, Outcome outcome, String missing) {
    // Given
    Known exactly =
        Known.exactly(
            Map.of(
                "fault.availability",
                0.95,
                "baseline.errorRate",
                0.0,
                "run.pods.unreadyTime",
                1.5));
    Known known =
        figure ->
            figure.name().equals("recovery.time") ? new Value.MoreThan(30) : exactly.of(figure);

    // When
    Evaluation evaluation = HypothesisLanguage.compile(assertion).evaluate(known);

    // Then
    assertThat(evaluation.outcome()).isEqualTo(outcome);
    assertThat(evaluation.missing().keySet())
        .isEqualTo(missing == null ? Set.of() : Set.of(missing));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "fault.availability                      | fault.availability",
        "steps['pod-failure'].latency.p99        | steps['pod-failure'].latency.p99",
        "steps.pod-failure.latency.p99           | steps['pod-failure'].latency.p99",
        "probes.the-model.fault.errorRate        | probes['the-model'].fault.errorRate",
        "probes.one.steps.two.count              | probes['one'].steps['two'].count",
        "probes['one'].recovery.time             | probes['one'].recovery.time",
        "fault.labels['X']                       | fault.labels['X']",
        "alerts['Budget'].timeToFire             | alerts['Budget'].timeToFire"
      })
  void aFactIsFoundByItsNameWithAndWithoutBrackets(String name, String fact) {
    assertThat(HypothesisLanguage.fact(name).name()).isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "fault.availabilty          | did you mean fault.availability?",
        "steps.pod-failure          | is no name of a fact",
        "steps.one.speed            | steps['one'].speed is no fact",
        "steps.One.count            | One is no name of a step",
        "probes.one.fault.pods.restarted | pods are of the run and of no probe",
        "fault.labels               | fault.labels is no figure",
        "1 + 1                      | is no name of a fact",
        "(                          | is no name of a fact"
      })
  void whatIsNoFactIsRefusedWithWhatToWrite(String name, String message) {
    assertThatThrownBy(() -> HypothesisLanguage.fact(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
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
