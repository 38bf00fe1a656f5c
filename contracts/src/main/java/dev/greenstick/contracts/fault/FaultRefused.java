package dev.greenstick.contracts.fault;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.util.List;
import java.util.Objects;

/**
 * The fault was not injected: nothing was touched.
 *
 * @param run the run
 * @param fault the fault
 * @param step its step
 * @param problems every reason at once; at least one
 */
@EventType("dev.greenstick.fault.refused.v1")
public record FaultRefused(RunRef run, FaultId fault, StepName step, List<Problem> problems)
    implements FaultEvent {

  public FaultRefused {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    problems = List.copyOf(problems);
  }
}
