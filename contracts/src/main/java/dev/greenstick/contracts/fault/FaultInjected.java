package dev.greenstick.contracts.fault;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The API server has accepted the fault for every chosen pod.
 *
 * @param run the run
 * @param fault the fault
 * @param step its step
 * @param spec what was injected
 * @param candidates how many pods the selector matched
 * @param pods the pods that were chosen; at least one
 * @param startedAt just before the first call that changes anything: the fault's phase begins here
 * @param injectedAt just after the last such call
 * @param revertBy the fault's own deadline: it is reverted then, whoever else is away
 * @param method how it was done, for example {@code images patched to registry.k8s.io/pause:3.10}
 */
@EventType("dev.greenstick.fault.injected.v1")
public record FaultInjected(
    RunRef run,
    FaultId fault,
    StepName step,
    Fault spec,
    int candidates,
    List<PodRef> pods,
    Instant startedAt,
    Instant injectedAt,
    Instant revertBy,
    String method)
    implements FaultEvent {

  public FaultInjected {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(spec, "spec");
    pods = List.copyOf(pods);
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(injectedAt, "injectedAt");
    Objects.requireNonNull(revertBy, "revertBy");
    Objects.requireNonNull(method, "method");
  }
}
