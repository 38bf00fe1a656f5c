package dev.greenstick.contracts.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
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
 * @param dryRun true: check and choose, say so, and touch nothing; otherwise null
 */
@EventType("dev.greenstick.fault.inject.v1")
public record FaultInject(
    CommandId command,
    RunRef run,
    Instant deadline,
    FaultId fault,
    StepName step,
    Fault spec,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_NULL) Boolean dryRun)
    implements Command {

  /** The command to inject in earnest. */
  public FaultInject(
      CommandId command, RunRef run, Instant deadline, FaultId fault, StepName step, Fault spec) {
    this(command, run, deadline, fault, step, spec, null);
  }

  public FaultInject {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(spec, "spec");
    dryRun = Boolean.TRUE.equals(dryRun) ? true : null;
  }

  /** Whether nothing is to be touched. */
  @JsonIgnore
  public boolean isDry() {
    return dryRun != null;
  }

  @Override
  public Instant deadlineOrMax() {
    return deadline;
  }
}
