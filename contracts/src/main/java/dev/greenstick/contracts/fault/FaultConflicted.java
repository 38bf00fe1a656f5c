package dev.greenstick.contracts.fault;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.util.Objects;

/**
 * A command came with the id of an earlier one and another body; it was not carried out, and the
 * earlier one stands.
 *
 * @param run the run
 * @param fault the fault of the earlier command
 * @param step its step
 * @param command the id that both have
 * @param reason how the two differ, in one sentence
 */
@EventType("dev.greenstick.fault.conflicted.v1")
public record FaultConflicted(
    RunRef run, FaultId fault, StepName step, CommandId command, String reason)
    implements FaultEvent {

  public FaultConflicted {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String identity() {
    return command + " " + reason;
  }
}
