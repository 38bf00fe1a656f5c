package dev.greenstick.contracts.command;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import java.util.Objects;

/**
 * Revert a fault before its duration is over. A fault that was never injected must not be injected
 * after this.
 *
 * @param command the command's id
 * @param run the run
 * @param fault the fault
 * @param reason why, in one sentence
 */
@EventType("dev.greenstick.fault.revert.v1")
public record FaultRevert(CommandId command, RunRef run, FaultId fault, String reason)
    implements Command {

  public FaultRevert {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(reason, "reason");
  }
}
