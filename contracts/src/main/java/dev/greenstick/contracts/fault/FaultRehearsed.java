package dev.greenstick.contracts.fault;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.util.List;
import java.util.Objects;

/**
 * A dry run: the fault was checked and its pods were chosen, and nothing was touched.
 *
 * @param run the run
 * @param fault the fault
 * @param step its step
 * @param spec what would have been injected
 * @param candidates how many pods the selector matched
 * @param pods the pods that were chosen; at least one
 * @param method how it would have been done
 * @param reason who wanted a dry run: the experiment, or the injector by its settings
 */
@EventType("dev.greenstick.fault.rehearsed.v1")
public record FaultRehearsed(
    RunRef run,
    FaultId fault,
    StepName step,
    Fault spec,
    int candidates,
    List<PodRef> pods,
    String method,
    String reason)
    implements FaultEvent {

  public FaultRehearsed {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(spec, "spec");
    pods = List.copyOf(pods);
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(reason, "reason");
  }
}
