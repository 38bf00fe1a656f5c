package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.RunFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Baselines and breached stop conditions, judged once more. Unlike a verdict they do not name the
 * events that they were judged from; those follow from what made them due: the event with which the
 * baseline was complete, and the window whose time a breach bears. Where the topics came in another
 * order live than by that event, all events of the run are tried.
 */
final class EarlierJudgement {

  private EarlierJudgement() {}

  /**
   * Where the recorded event is not what the same code makes of the history.
   *
   * @param history what the run's verdict rests on
   * @return empty when it is reached again, byte for byte; otherwise each place with both values
   */
  static List<Difference> differences(RecordedEvent recorded, History history, RunFold fold) {
    VerdictEvent data = recorded.event().data();
    String name =
        switch (data) {
          case BaselineJudged _ -> "baseline-judged";
          case StopConditionBreached breached ->
              "stop-condition-breached['" + breached.judgement().assertion() + "']";
          case VerdictReached _ ->
              throw new IllegalArgumentException("a verdict is no earlier one");
        };
    List<Difference> first = null;
    for (Event<? extends VerdictEvent> again :
        data instanceof BaselineJudged
            ? baselines(history, fold)
            : breaches(recorded, history, fold)) {
      List<Difference> differences = recorded.differences(again);
      if (differences.isEmpty()) {
        return List.of();
      }
      first = first == null ? differences : first;
    }
    if (first == null) {
      return List.of(new Difference(name, "handed down", "not due by what is recorded"));
    }
    return first.stream()
        .map(
            difference ->
                new Difference(
                    difference.path().isEmpty() ? name : name + "." + difference.path(),
                    difference.recorded(),
                    difference.replayed()))
        .toList();
  }

  private static List<Event<BaselineJudged>> baselines(History history, RunFold fold) {
    List<Event<BaselineJudged>> baselines = new ArrayList<>();
    Progress whole = progress(history, fold);
    if (whole.plan() == null) {
      return baselines;
    }
    int count = whole.plan().baselineWindows();
    long[] complete = {-1};
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window && window.index() < count) {
            complete[0] = Math.max(complete[0], evidence.origin().offset());
          }
        });
    long ended =
        history.events().stream()
            .filter(
                evidence ->
                    evidence.data() instanceof ProbeFinished
                        || evidence.data() instanceof ProbeRefused)
            .mapToLong(evidence -> evidence.origin().offset())
            .min()
            .orElse(Long.MAX_VALUE);
    long due = whole.baselineComplete() ? complete[0] : ended;
    for (History part : List.of(part(history, evidence -> isUpTo(evidence, due)), history)) {
      Progress progress = progress(part, fold);
      if (progress.plan() != null && (progress.baselineComplete() || progress.baselineTooThin())) {
        baselines.add(fold.baseline(progress, part));
      }
    }
    return baselines;
  }

  private static List<Event<StopConditionBreached>> breaches(
      RecordedEvent recorded, History history, RunFold fold) {
    String condition = ((StopConditionBreached) recorded.event().data()).judgement().assertion();
    Instant at = recorded.event().time();
    List<Event<StopConditionBreached>> breaches = new ArrayList<>();
    List<Evidence> windows = new ArrayList<>();
    history.windows(
        evidence -> {
          if (evidence.time().equals(at)) {
            windows.add(evidence);
          }
        });
    for (Evidence window : windows) {
      History part =
          part(
              history,
              evidence ->
                  evidence.data() instanceof FaultEvent
                      ? !evidence.time().isAfter(at)
                      : isUpTo(evidence, window.origin().offset()));
      Progress progress = progress(part, fold);
      if (progress.faultLive() && progress.plan() != null && progress.plan().stopConditions()) {
        fold.brake(progress, part).breached(progress, part, window).stream()
            .filter(breach -> breach.data().judgement().assertion().equals(condition))
            .forEach(breaches::add);
      }
    }
    return breaches;
  }

  /** What probes told comes in one order; of the other topics everything had come. */
  private static boolean isUpTo(Evidence evidence, long offset) {
    return !evidence.origin().topic().equals(Topics.HEALTH.name())
        || evidence.origin().offset() <= offset;
  }

  private static History part(History history, Predicate<Evidence> counts) {
    Gathered part = new Gathered();
    history.events().stream().filter(counts).forEach(part::add);
    history.windows(
        evidence -> {
          if (counts.test(evidence)) {
            part.add(evidence);
          }
        });
    return part;
  }

  private static Progress progress(History history, RunFold fold) {
    Evidence[] any = {null};
    history.windows(evidence -> any[0] = evidence);
    Optional<Evidence> one =
        any[0] != null ? Optional.of(any[0]) : history.events().stream().findFirst();
    return fold.afresh(Progress.of(one.orElseThrow().data().run()), history);
  }
}
