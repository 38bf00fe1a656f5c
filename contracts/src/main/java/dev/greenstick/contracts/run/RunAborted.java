package dev.greenstick.contracts.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import java.util.Objects;

/**
 * A run ended before its method was carried out.
 *
 * @param run the run
 * @param cause what kind of reason
 * @param reason the reason in one sentence, with its subject
 * @param faultsReverted whether every fault that may have been injected is known to be reverted;
 *     false when an agent has not said so
 */
@EventType("dev.greenstick.run.aborted.v1")
public record RunAborted(RunRef run, Cause cause, String reason, boolean faultsReverted)
    implements RunEvent {

  public RunAborted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String identity() {
    return "";
  }

  /** Why runs are aborted. */
  public enum Cause {
    @JsonProperty("baseline-unsteady")
    BASELINE_UNSTEADY,
    @JsonProperty("baseline-too-thin")
    BASELINE_TOO_THIN,
    @JsonProperty("fault-refused")
    FAULT_REFUSED,
    @JsonProperty("fault-failed")
    FAULT_FAILED,
    @JsonProperty("stop-condition")
    STOP_CONDITION,
    @JsonProperty("requested")
    REQUESTED,
    @JsonProperty("halted")
    HALTED,
    @JsonProperty("replaced")
    REPLACED,
    @JsonProperty("probe-refused")
    PROBE_REFUSED,
    @JsonProperty("agent-silent")
    AGENT_SILENT
  }
}
