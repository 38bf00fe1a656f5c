package dev.greenstick.contracts.fault;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Injecting the fault failed half way; what had been touched was changed back.
 *
 * @param run the run
 * @param fault the fault
 * @param step its step
 * @param reason what failed, in one sentence with its subject
 * @param pods the pods that had been touched; may be empty
 * @param failedAt when the last of them was changed back
 */
@EventType("dev.greenstick.fault.failed.v1")
public record FaultFailed(
    RunRef run, FaultId fault, StepName step, String reason, List<PodRef> pods, Instant failedAt)
    implements FaultEvent {

  public FaultFailed {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(reason, "reason");
    pods = List.copyOf(pods);
    Objects.requireNonNull(failedAt, "failedAt");
  }
}
