package dev.greenstick.verdict.history;

import dev.greenstick.contracts.experiment.Action;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Experiment.Branch;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.experiment.Fault;
import java.time.Duration;
import java.util.stream.Stream;

/** How long a run takes by its plan, if nobody keeps it waiting. */
final class PlannedLength {

  /** What no run is longer than, so that hostile durations add up to something. */
  private static final Duration MOST = Duration.ofSeconds(Plausible.MOST_WINDOWS);

  private PlannedLength() {}

  /** The baseline, each step as long as its longest branch, and the recovery. */
  static Duration of(Experiment.Spec spec) {
    return sum(
        Stream.of(
                Stream.of(spec.baseline()),
                spec.steps().stream().map(PlannedLength::of),
                Stream.of(spec.recovery()))
            .flatMap(lengths -> lengths));
  }

  private static Duration of(Step step) {
    return step.branches().stream()
        .map(PlannedLength::of)
        .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  private static Duration of(Branch branch) {
    return sum(branch.actions().stream().map(PlannedLength::of));
  }

  private static Duration of(Action action) {
    return switch (action) {
      case Fault fault -> fault.duration();
      case Delay delay -> delay.length();
    };
  }

  private static Duration sum(Stream<Duration> lengths) {
    return lengths
        .map(PlannedLength::bounded)
        .reduce(Duration.ZERO, (one, other) -> bounded(one.plus(other)));
  }

  private static Duration bounded(Duration length) {
    if (length.isNegative()) {
      return Duration.ZERO;
    }
    return length.compareTo(MOST) > 0 ? MOST : length;
  }
}
