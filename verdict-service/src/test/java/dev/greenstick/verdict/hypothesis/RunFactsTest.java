package dev.greenstick.verdict.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.verdict.Estimate;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Story;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run says of steps, probes, labels and alerts, and what functions make of it. */
class RunFactsTest {

  private static final Answers GOOD = new Answers(Story.RATE, 0, 0, 0, 0, 0, 0);
  private static final Answers DOWN = new Answers(0, 0, 0, Story.RATE, 0, 0, 0);
  private static final ProbeName OTHER = new ProbeName("other");

  @Test
  void aStepHasFactsByItsName() {
    // Given
    Story story = Story.standard().answered(25, DOWN);

    // When
    Judgement step = judged(story, "steps['" + Examples.STEP + "'].availability < 97%");
    Judgement unknown = judged(story, "steps['nowhere'].availability < 97%");

    // Then
    assertThat(step.outcome()).isEqualTo(Outcome.HELD);
    assertThat(step.left()).isEqualTo(29.0 / 30);
    assertThat(step.samples()).isEqualTo(30L * Story.RATE);
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(unknown.explanation()).endsWith("no fault of step nowhere was injected");
  }

  @Test
  void probesAddUpUnlessOneIsNamed() {
    // Given
    Story story = Story.standard().andProbe(OTHER, i -> i == 25 ? DOWN : GOOD);
    story
        .without(
            data ->
                data instanceof ProbeFinished finished && !finished.windows().containsKey(OTHER))
        .and(
            72,
            new ProbeFinished(
                story.run(),
                story.at(70),
                Map.of(Examples.PROBE, 70, OTHER, 70),
                ProbeFinished.Cause.COMMANDED));

    // When
    Judgement all = judged(story, "fault.availability == 1 - 1.0 / 60");
    Judgement one = judged(story, "probes['" + Examples.PROBE + "'].fault.availability == 1");
    Judgement other = judged(story, "probes['other'].fault.availability == 1");
    Judgement nobody = judged(story, "probes['nobody'].fault.availability == 1");
    Judgement seconds = judged(story, "longest(fault.availability < 60%) == 1s");

    // Then
    assertThat(all.left()).isCloseTo(59.0 / 60, within(1e-12));
    assertThat(one.outcome()).isEqualTo(Outcome.HELD);
    assertThat(other.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(nobody.explanation()).endsWith("there is no probe nobody");
    assertThat(seconds.outcome()).isEqualTo(Outcome.HELD);
  }

  @Test
  void sustainedConditionsCountSeconds() {
    // Given
    Story story =
        Story.standard()
            .answered(22, DOWN)
            .answered(23, DOWN)
            .answered(24, Answers.NONE)
            .answered(25, DOWN)
            .answered(30, DOWN);

    // Then
    assertThat(judged(story, "consecutive(fault.errorRate > 50%) >= 2").outcome())
        .isEqualTo(Outcome.HELD);
    assertThat(judged(story, "consecutive(fault.errorRate > 50%) <= 4").outcome())
        .isEqualTo(Outcome.HELD);
    assertThat(judged(story, "total(fault.errorRate > 50%) > 5s").outcome())
        .isEqualTo(Outcome.FAILED);
    Judgement open = judged(story, "longest(fault.errorRate > 50%) <= 3s");
    assertThat(open.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(open.estimates())
        .singleElement()
        .satisfies(
            estimate -> {
              assertThat(estimate.low()).isEqualTo(2);
              assertThat(estimate.high()).isEqualTo(4);
            });
    assertThat(judged(story, "longest(fault.count < 10 * baseline.errorRate) == 0s").outcome())
        .isEqualTo(Outcome.HELD);
  }

  @Test
  void aDifferenceOfSharesComesWithItsIntervalAndSamples() {
    // Given
    Story story = Story.standard();
    for (int i = 20; i < 50; i++) {
      story.answered(i, new Answers(48, 0, 0, 2, 0, 0, 0));
    }

    // When
    Judgement worse = judged(story, "difference(fault.availability, baseline.availability) >= -1%");
    Judgement bearable =
        judged(story, "difference(fault.availability, baseline.availability) >= -10%");
    Judgement open = judged(story, "difference(fault.availability, baseline.availability) >= -4%");

    // Then
    assertThat(worse.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(bearable.outcome()).isEqualTo(Outcome.HELD);
    assertThat(open.outcome()).isEqualTo(Outcome.UNDECIDED);
    Estimate estimate = bearable.estimates().get(0);
    assertThat(estimate.method()).isEqualTo("newcombe");
    assertThat(estimate.estimate()).isCloseTo(-0.04, within(1e-12));
    assertThat(estimate.low()).isBetween(-0.06, -0.045);
    assertThat(estimate.high()).isBetween(-0.035, -0.02);
    assertThat(estimate.samples()).isEqualTo(30L * Story.RATE);
    assertThat(estimate.comparedSamples()).isEqualTo(20L * Story.RATE);
    assertThat(bearable.margin()).isCloseTo(estimate.low() + 0.1, within(1e-12));
    assertThat(bearable.explanation()).contains("95 % sure between", "newcombe, samples 1500 and");
  }

  @Test
  void aDifferenceOfLatenciesIsTakenOverWindows() {
    // Given
    Story story = Story.standard();
    for (int i = 0; i < 70; i++) {
      story.took(i, 10_000 + 200L * (i % 7) + (i >= 20 && i < 50 ? 5_000 : 0));
    }

    // When
    Judgement shift = judged(story, "difference(fault.latency.p99, baseline.latency.p99) <= 3ms");
    Judgement ratio = judged(story, "ratio(fault.latency.p50, baseline.latency.p50) <= 2");
    Judgement test = judged(story, "pValue(fault.latency.p50, baseline.latency.p50) > 5%");

    // Then
    assertThat(shift.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(shift.left()).isCloseTo(5, within(0.1));
    assertThat(shift.unit()).isEqualTo("ms");
    assertThat(shift.estimates().get(0).samples()).isEqualTo(30);
    assertThat(shift.estimates().get(0).comparedSamples()).isEqualTo(20);
    assertThat(shift.estimates().get(0).autocorrelation()).isNotNull();
    assertThat(ratio.outcome()).isEqualTo(Outcome.HELD);
    assertThat(test.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(test.estimates().get(0).pValue()).isLessThan(1e-6);
  }

  @Test
  void labelsShift() {
    // Given
    Story story = Story.standard();
    for (int i = 0; i < 70; i++) {
      story.labelled(i, i < 20 ? Map.of("a", 30L, "b", 20L) : Map.of("a", 10L, "b", 40L));
    }

    // Then
    assertThat(judged(story, "psi(baseline.labels, fault.labels) < 0.25").outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(judged(story, "jensenShannon(fault.labels, recovery.labels) < 0.001").outcome())
        .isEqualTo(Outcome.HELD);
    assertThat(judged(story, "fault.labels['a'] == 20%").outcome()).isEqualTo(Outcome.HELD);
    assertThat(judged(Story.standard(), "fault.labels['a'] == 20%").explanation())
        .endsWith("no label was predicted while a fault was live");
  }

  @Test
  void alertsAreTimedFromTheFault() {
    // Given
    Story story = watched(true);
    story.and(33, alert(story, "Burn", 32, null, null));
    story.and(41, alert(story, "Burn", 32, null, 40.0));
    story.and(56, alert(story, "Burn", 32, 55.0, 40.0));
    story.and(5, alert(story, "Old", 4, null, null));

    // Then
    assertThat(judged(story, "alerts['Burn'].timeToFire == 12s").outcome()).isEqualTo(Outcome.HELD);
    assertThat(judged(story, "alerts['Burn'].timeToAcknowledge == 8s").outcome())
        .isEqualTo(Outcome.HELD);
    assertThat(judged(story, "alerts['Burn'].timeToResolve == 23s").outcome())
        .isEqualTo(Outcome.HELD);
    assertThat(judged(story, "alerts.fired == 1").outcome()).isEqualTo(Outcome.HELD);
    assertThat(judged(story, "alerts['Other'].fired == 0").outcome()).isEqualTo(Outcome.HELD);
    assertThat(judged(story, "alerts['Other'].timeToFire <= 30s").outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(judged(story, "alerts['Other'].timeToFire <= 5m").outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(judged(story, "alerts['Old'].timeToFire <= 30s").explanation())
        .endsWith("Old was firing already when the first fault began");
  }

  @Test
  void thatNoAlertFiredIsNotKnownWhereNobodyLooked() {
    // Given
    Story blind = Story.standard();
    Story shortSighted = watched(false);
    shortSighted.and(33, alert(shortSighted, "Burn", 32, null, null));

    // Then
    assertThat(judged(blind, "alerts.fired == 0").explanation())
        .isEqualTo("alerts.fired is not known: alerts were not watched");
    assertThat(judged(shortSighted, "alerts['Other'].fired == 0").outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(judged(shortSighted, "alerts['Burn'].fired == 0").outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(judged(shortSighted, "alerts['Burn'].timeToFire <= 20s").outcome())
        .isEqualTo(Outcome.HELD);
    assertThat(judged(shortSighted, "alerts['Burn'].timeToFire >= 10s").outcome())
        .isEqualTo(Outcome.UNDECIDED);
  }

  private static Story watched(boolean whole) {
    Story story =
        Story.standard()
            .without(data -> data instanceof ProbeFinished finished && finished.alerts() == null);
    return story.and(
        72,
        new ProbeFinished(
            story.run(),
            story.at(70),
            Map.of(Examples.PROBE, 70),
            ProbeFinished.Cause.COMMANDED,
            new AlertWatch(whole, whole ? "" : "the source did not answer")));
  }

  private static AlertObserved alert(
      Story story, String name, double fired, Double resolved, Double acknowledged) {
    return new AlertObserved(
        story.run(),
        name,
        Map.of("severity", "page"),
        story.at(fired),
        resolved == null ? null : story.at(resolved),
        acknowledged == null ? null : story.at(acknowledged));
  }

  private static Judgement judged(Story story, String assertion) {
    var verdict =
        Folded.of(story.hypothesis(List.of(assertion), List.of()).evidence()).verdict().data();
    return verdict.judgements().get(0);
  }
}
