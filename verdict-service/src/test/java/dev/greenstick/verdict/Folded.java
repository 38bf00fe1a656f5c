package dev.greenstick.verdict;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.hypothesis.Judge;
import dev.greenstick.verdict.hypothesis.RunFacts;
import dev.greenstick.verdict.run.Due;
import dev.greenstick.verdict.run.RunFold;
import dev.greenstick.verdict.run.Step;
import java.util.List;
import java.util.Set;

/** What the fold makes of events in memory. */
public record Folded(Progress progress, Gathered history, Set<Due> due) {

  public static final RunFold FOLD = new RunFold(new RunFacts(Bounds.STANDARD), new Judge());

  /** Folds the events in the order in which they are given. */
  public static Folded of(List<Evidence> events) {
    Progress progress = Progress.of(events.get(0).data().run());
    Gathered history = new Gathered();
    Set<Due> due = Set.of();
    for (Evidence event : events) {
      history.add(event);
      Step step = FOLD.fold(progress, event);
      progress = step.after();
      due = step.due();
    }
    return new Folded(progress, history, due);
  }

  public Event<VerdictReached> verdict() {
    return FOLD.verdict(progress, history);
  }
}
