package dev.greenstick.contracts.command;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.CommandId;
import java.util.Objects;

/**
 * Stop asking the model: finish the windows that were begun, then report.
 *
 * @param command the command's id
 * @param run the run
 */
@EventType("dev.greenstick.probe.stop.v1")
public record ProbeStop(CommandId command, RunRef run) implements Command {

  public ProbeStop {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(run, "run");
  }
}
