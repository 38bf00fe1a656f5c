package dev.greenstick.verdict.run;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Figure;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.Judgement.Outcome;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Judge;
import dev.greenstick.verdict.hypothesis.LiveFacts;
import dev.greenstick.verdict.hypothesis.LiveSums;
import dev.greenstick.verdict.hypothesis.LiveTally;
import dev.greenstick.verdict.hypothesis.RunFacts;
import java.util.List;

/**
 * The stop conditions of one run while a fault of it is live, with the sums by which they are
 * judged. Of no use any more once a fault begins or ends: then phases have moved. Made by {@link
 * RunFold}. For one thread.
 */
public final class Brake {

  private final List<String> conditions;
  private final List<Figure> figures;
  private final RunFacts facts;
  private final Judge judge;
  private final LiveSums sums;
  private LiveFacts live;

  private Brake(
      List<String> conditions, Progress progress, RunFacts facts, Judge judge, LiveSums sums) {
    this.conditions = conditions.stream().distinct().toList();
    this.figures = judge.figures(this.conditions);
    this.facts = facts;
    this.judge = judge;
    this.live = facts.live(progress, figures);
    this.sums = sums;
  }

  static Brake of(
      List<String> conditions, Progress progress, History history, RunFacts facts, Judge judge) {
    return new Brake(
        conditions,
        progress,
        facts,
        judge,
        facts.live(progress, judge.figures(conditions)).afresh(history));
  }

  static Brake of(
      List<String> conditions, Progress progress, LiveTally kept, RunFacts facts, Judge judge) {
    return new Brake(conditions, progress, facts, judge, LiveSums.of(kept));
  }

  /** After an event that is no window and neither begins nor ends a fault. */
  public void after(Progress progress) {
    live = facts.live(progress, figures);
  }

  /** After one window more. */
  public void add(HealthWindow window, History history) {
    live.add(sums, window, history);
  }

  /** The stop conditions that hold and were not told before. */
  public List<Event<StopConditionBreached>> breached(
      Progress progress, History history, Evidence window) {
    List<String> untold =
        conditions.stream()
            .filter(condition -> !progress.judged().breached().contains(condition))
            .toList();
    if (untold.isEmpty()) {
      return List.of();
    }
    List<Judgement> judgements = judge.judge(untold, live.facts(sums, history));
    return judgements.stream()
        .filter(judgement -> judgement.outcome() == Outcome.HELD)
        .map(
            judgement ->
                Event.of(
                    RunFold.SOURCE,
                    window.time(),
                    new StopConditionBreached(progress.run(), judgement)))
        .toList();
  }

  /** A form that can be kept, and is completed by the windows that came after. */
  public LiveTally keep() {
    return sums.keep();
  }
}
