package dev.greenstick.contracts.command;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import java.time.Instant;
import java.util.Objects;

/**
 * Inject a fault. Whoever carries it out reverts it by itself when its duration is over.
 *
 * @param command the command's id
 * @param run the run
 * @param deadline after this instant the command is refused
 * @param fault the fault's id
 * @param step the step it belongs to
 * @param spec what to inject
 */
@EventType("dev.greenstick.fault.inject.v1")
public record FaultInject(
    CommandId command, RunRef run, Instant deadline, FaultId fault, StepName step, Fault spec)
    implements Command {

  public FaultInject {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(spec, "spec");
  }

  @Override
  public Instant deadlineOrMax() {
    return deadline;
  }
}
