package dev.greenstick.contracts.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The fault is over and what it changed is changed back.
 *
 * @param run the run
 * @param fault the fault
 * @param step its step
 * @param cause why now
 * @param reason the cause in one sentence, for example who asked
 * @param pods what became of each pod it had hit
 * @param revertedAt just after the last call that changed anything back: recovery begins here
 */
@EventType("dev.greenstick.fault.reverted.v1")
public record FaultReverted(
    RunRef run,
    FaultId fault,
    StepName step,
    Cause cause,
    String reason,
    List<PodEnd> pods,
    Instant revertedAt)
    implements FaultEvent {

  public FaultReverted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(reason, "reason");
    pods = List.copyOf(pods);
    Objects.requireNonNull(revertedAt, "revertedAt");
  }

  /** Why faults are reverted. */
  public enum Cause {
    /** Its duration was over. */
    @JsonProperty("duration-elapsed")
    DURATION_ELAPSED,
    /** A {@code fault.revert} command said so. */
    @JsonProperty("commanded")
    COMMANDED,
    /** The kill switch. */
    @JsonProperty("halted")
    HALTED,
    /** Found past its deadline, after the injector that made it was gone. */
    @JsonProperty("swept")
    SWEPT
  }

  /**
   * What became of a pod.
   *
   * @param pod the pod
   * @param outcome in what state the fault left it
   */
  public record PodEnd(PodRef pod, PodOutcome outcome) {

    public PodEnd {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /** In what state a fault leaves a pod. */
  public enum PodOutcome {
    /** What the fault had changed is as before: a pod's images, its network, its node. */
    @JsonProperty("restored")
    RESTORED,
    /** Another fault still holds it; the last one out restores it. */
    @JsonProperty("still-held")
    STILL_HELD,
    /** It no longer exists: nothing to restore. */
    @JsonProperty("gone")
    GONE,
    /** The fault was one-shot: nothing to restore. */
    @JsonProperty("nothing-to-restore")
    NOTHING_TO_RESTORE,
    /** Somebody had changed meanwhile what the fault had changed: it was left as it is. */
    @JsonProperty("changed-meanwhile")
    CHANGED_MEANWHILE
  }
}
