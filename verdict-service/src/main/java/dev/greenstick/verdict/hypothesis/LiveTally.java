package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import java.util.Optional;

/**
 * What stop conditions are judged by while a fault is live: the sums so far, so that a window costs
 * the same however many came before it.
 *
 * @param fault the windows of the fault phase
 * @param run all windows
 */
public record LiveTally(Tally.Kept fault, Tally.Kept run) {

  /** From all windows there are. */
  public static LiveTally of(Progress progress, History history, Bounds bounds) {
    Tally fault = new Tally();
    Tally run = new Tally();
    history.windows(
        evidence -> {
          if (evidence.data() instanceof HealthWindow window) {
            add(progress, window, bounds, fault, run);
          }
        });
    return new LiveTally(fault.keep(), run.keep());
  }

  /** With one window more. */
  public LiveTally with(Progress progress, HealthWindow window, Bounds bounds) {
    Tally faultSum = Tally.of(fault);
    Tally runSum = Tally.of(run);
    add(progress, window, bounds, faultSum, runSum);
    return new LiveTally(faultSum.keep(), runSum.keep());
  }

  private static void add(
      Progress progress, HealthWindow window, Bounds bounds, Tally fault, Tally run) {
    run.add(window, bounds);
    if (Spans.of(progress.faults())
        .phase(window.start(), window.start().plus(WindowCensus.SECOND))
        .equals(Optional.of(Phase.FAULT))) {
      fault.add(window, bounds);
    }
  }
}
