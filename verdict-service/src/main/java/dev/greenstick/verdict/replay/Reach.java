package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.RunFold;
import java.util.Optional;

/**
 * The fold over a whole history at once: the same {@link RunFold} as live, which does not care for
 * the order.
 *
 * @param progress how far the run has come
 * @param history its events
 * @param fold by which it is judged
 */
record Reach(Progress progress, History history, RunFold fold) {

  static Reach of(RunRef run, History history, RunFold fold) {
    return new Reach(fold.afresh(Progress.of(run), history), history, fold);
  }

  /** Whether it ended, so that there is something to judge. */
  boolean ended() {
    return progress.end() != null;
  }

  boolean skipped() {
    return progress.skip() != null && progress.end() == null;
  }

  Event<VerdictReached> verdict(Optional<Hypothesis> instead) {
    return instead
        .map(hypothesis -> fold.verdict(progress, history, hypothesis))
        .orElseGet(() -> fold.verdict(progress, history));
  }
}
