package dev.greenstick.verdict.run;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.BaselineJudged.Steadiness;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Facts;
import dev.greenstick.verdict.hypothesis.Judge;
import dev.greenstick.verdict.hypothesis.LiveTally;
import dev.greenstick.verdict.hypothesis.RunFacts;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * From a run's events to what is handed down about it. Reads no clock: the time of every event it
 * makes is that of the last event it was made from. The order of the events and how often each
 * comes make no difference to the verdict. Safe for many threads.
 */
public final class RunFold {

  /** The version of fold and judge; another one may judge the same history otherwise. */
  public static final int VERSION = 3;

  /** The verdict service as CloudEvents' {@code source}. */
  public static final URI SOURCE = URI.create("/verdict");

  private static final Hypothesis UNKNOWN = new Hypothesis(List.of(), List.of(), List.of());

  private final RunFacts facts;
  private final Judge judge;

  public RunFold(RunFacts facts, Judge judge) {
    this.facts = Objects.requireNonNull(facts, "facts");
    this.judge = Objects.requireNonNull(judge, "judge");
  }

  /** What one more event of a run comes to; costs the same however long the run is. */
  public Step fold(Progress before, Evidence evidence) {
    Progress after = before.with(evidence);
    Set<Due> due = EnumSet.noneOf(Due.class);
    if (!after.judged().baseline() && (after.baselineComplete() || after.baselineTooThin())) {
      due.add(Due.BASELINE);
    }
    if (evidence.data() instanceof HealthWindow
        && after.faultLive()
        && after.plan() != null
        && after.plan().stopConditions()) {
      due.add(Due.STOP_CONDITIONS);
    }
    if (after.end() != null && after.lacking().isEmpty()) {
      due.add(Due.VERDICT);
    }
    return new Step(after, due);
  }

  /**
   * How far a run has come by all of its history; for when one of its events took the place of
   * another, whose change cannot be taken back.
   */
  public Progress afresh(Progress before, History history) {
    RunRef[] any = {null};
    history.windows(evidence -> any[0] = evidence.data().run());
    history.events().forEach(evidence -> any[0] = evidence.data().run());
    Progress progress = before.afresh(any[0] == null ? before.run() : any[0]);
    for (Evidence evidence : history.events()) {
      progress = progress.with(evidence);
    }
    return progress.withWindowsOf(history);
  }

  /** Judges the baseline. */
  public Event<BaselineJudged> baseline(Progress progress, History history) {
    Hypothesis hypothesis = hypothesis(progress, history);
    Facts known = facts.baseline(progress, history, judge.figures(hypothesis.steadyState()));
    List<Judgement> judgements = judge.judge(hypothesis.steadyState(), known);
    Steadiness steadiness;
    String reason;
    if (progress.baselineTooThin() && !progress.baselineComplete()) {
      steadiness = Steadiness.TOO_THIN;
      reason = tooThin(progress, history);
    } else if (any(judgements, Outcome.FAILED)) {
      steadiness = Steadiness.UNSTEADY;
      reason = Sentences.failed(judgements);
    } else if (any(judgements, Outcome.UNDECIDED)) {
      steadiness = Steadiness.TOO_THIN;
      reason = Sentences.undecided(judgements);
    } else {
      steadiness = Steadiness.STEADY;
      reason = "every assertion on the steady state held";
    }
    return Event.of(
        SOURCE,
        baselineTime(progress, history),
        new BaselineJudged(progress.run(), steadiness, judgements, reason));
  }

  /** The stop conditions of a run with a live fault, by all windows there are. */
  public Brake brake(Progress progress, History history) {
    return Brake.of(
        hypothesis(progress, history).stopConditions(), progress, history, facts, judge);
  }

  /** The stop conditions of a run with a live fault, by sums that were kept. */
  public Brake brake(Progress progress, History history, LiveTally kept) {
    return Brake.of(hypothesis(progress, history).stopConditions(), progress, kept, facts, judge);
  }

  /**
   * Reaches the verdict by what is there; what is lacking is never made up for. A run whose end
   * nobody told is judged so only once its deadline has passed, and the verdict says it.
   */
  public Event<VerdictReached> verdict(Progress progress, History history) {
    return verdict(progress, history, hypothesis(progress, history));
  }

  /** As {@link #verdict(Progress, History)}, under another hypothesis than the run's own. */
  public Event<VerdictReached> verdict(Progress progress, History history, Hypothesis hypothesis) {
    Facts known = facts.whole(progress, history, judge.figures(hypothesis.assertions()));
    List<Judgement> judgements = judge.judge(hypothesis.assertions(), known);
    Optional<RunAborted> aborted = only(history, progress.run().id().toString(), RunAborted.class);
    VerdictReached.Outcome outcome;
    String reason;
    if (aborted.isPresent()) {
      outcome = VerdictReached.Outcome.INCONCLUSIVE;
      reason = aborted.get().reason();
    } else if (progress.end() == null) {
      outcome = VerdictReached.Outcome.INCONCLUSIVE;
      reason = Sentences.untold(progress.plan());
    } else if (history.events().stream()
        .anyMatch(evidence -> evidence.data() instanceof FaultRehearsed)) {
      outcome = VerdictReached.Outcome.INCONCLUSIVE;
      reason = "a dry run: no fault was injected, so nothing is shown";
    } else if (any(judgements, Outcome.FAILED)) {
      outcome = VerdictReached.Outcome.REFUTED;
      reason = Sentences.failed(judgements);
    } else if (any(judgements, Outcome.UNDECIDED)) {
      outcome = VerdictReached.Outcome.INCONCLUSIVE;
      reason = Sentences.undecided(judgements);
    } else if (judgements.isEmpty() || !progress.lacking().isEmpty()) {
      outcome = VerdictReached.Outcome.INCONCLUSIVE;
      reason = "what was seen does not speak against it, but not everything was seen";
    } else {
      outcome = VerdictReached.Outcome.CONFIRMED;
      reason = Sentences.held(judgements);
    }
    Extent extent = Extent.of(history);
    return Event.of(
        SOURCE,
        extent.latest(),
        new VerdictReached(
            progress.run(),
            outcome,
            reason + Sentences.lacking(progress.lacking()),
            end(progress),
            judgements,
            known.known(),
            hypothesis,
            extent.ranges(),
            VERSION,
            new VerdictReached.Lateness(facts.bounds().lateness(), facts.bounds().lateShare())));
  }

  private static VerdictReached.End end(Progress progress) {
    if (progress.end() == null) {
      return VerdictReached.End.UNTOLD;
    }
    return progress.end().aborted() ? VerdictReached.End.ABORTED : VerdictReached.End.FINISHED;
  }

  private static boolean any(List<Judgement> judgements, Outcome outcome) {
    return judgements.stream().anyMatch(judgement -> judgement.outcome() == outcome);
  }

  private static String tooThin(Progress progress, History history) {
    return only(history, progress.run().id().toString(), ProbeRefused.class)
        .map(refused -> "the probes were refused: " + Sentences.problems(refused.problems()))
        .orElseGet(
            () ->
                "the probes ended before the %d s of baseline were over"
                    .formatted(progress.plan().baselineWindows()));
  }

  private static Instant baselineTime(Progress progress, History history) {
    Extent extent = new Extent();
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window
              && window.index() < progress.plan().baselineWindows()) {
            extent.add(evidence);
          }
        });
    history.events().stream()
        .filter(
            evidence ->
                evidence.data() instanceof RunPlanned
                    || (!progress.baselineComplete()
                        && (evidence.data() instanceof ProbeFinished
                            || evidence.data() instanceof ProbeRefused)))
        .forEach(extent::add);
    return extent.latest();
  }

  private static Hypothesis hypothesis(Progress progress, History history) {
    return only(history, progress.run().id().toString(), RunPlanned.class)
        .map(planned -> planned.experiment().spec().hypothesis())
        .orElse(UNKNOWN);
  }

  private static <E extends RunData> Optional<E> only(History history, String run, Class<E> type) {
    return history.at(Evidence.only(type, run)).map(Evidence::data).map(type::cast);
  }
}
