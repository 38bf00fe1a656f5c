package dev.greenstick.contracts.command;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.id.CommandId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Start asking the model, and watching the pods that faults may hit.
 *
 * @param command the command's id
 * @param run the run
 * @param deadline after this instant the command is refused
 * @param probes what to ask; at least one
 * @param watch selectors of the pods whose health is reported; empty watches none
 * @param longest after this long the probe ends by itself, whatever became of the scheduler
 */
@EventType("dev.greenstick.probe.start.v1")
public record ProbeStart(
    CommandId command,
    RunRef run,
    Instant deadline,
    List<Probe> probes,
    List<PodChaos.Selector> watch,
    Duration longest)
    implements Command {

  public ProbeStart {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(deadline, "deadline");
    probes = List.copyOf(probes);
    watch = watch == null ? List.of() : List.copyOf(watch);
    Objects.requireNonNull(longest, "longest");
  }

  @Override
  public Instant deadlineOrMax() {
    return deadline;
  }
}
