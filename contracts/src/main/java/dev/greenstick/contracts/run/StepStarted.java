package dev.greenstick.contracts.run;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.util.List;
import java.util.Objects;

/**
 * A step of the method has begun: its faults are ordered.
 *
 * @param run the run
 * @param step the step
 * @param faults the faults that the step will inject, in the order of branches and actions
 */
@EventType("dev.greenstick.run.step-started.v1")
public record StepStarted(RunRef run, StepName step, List<FaultId> faults) implements RunEvent {

  public StepStarted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(step, "step");
    faults = List.copyOf(faults);
  }

  @Override
  public String identity() {
    return step.value();
  }
}
