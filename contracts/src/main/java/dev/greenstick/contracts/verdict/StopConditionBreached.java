package dev.greenstick.contracts.verdict;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import java.util.Objects;

/**
 * A stop condition held while a fault was live: every fault of the run is to be reverted at once.
 *
 * @param run the run
 * @param judgement the condition and its figures
 */
@EventType("dev.greenstick.verdict.stop-condition-breached.v1")
public record StopConditionBreached(RunRef run, Judgement judgement) implements VerdictEvent {

  public StopConditionBreached {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(judgement, "judgement");
  }

  @Override
  public String identity() {
    return judgement.assertion();
  }
}
