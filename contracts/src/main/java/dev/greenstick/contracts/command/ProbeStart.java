package dev.greenstick.contracts.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.AlertFeed;
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
 * @param baseline how long the steady state lasts, in which expected predictions are learned; null
 *     where nothing is to be learned
 * @param alerts where alerts are looked for; empty looks nowhere
 */
@EventType("dev.greenstick.probe.start.v1")
public record ProbeStart(
    CommandId command,
    RunRef run,
    Instant deadline,
    List<Probe> probes,
    List<PodChaos.Selector> watch,
    Duration longest,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_NULL) Duration baseline,
    @MayBeMissing @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AlertFeed> alerts)
    implements Command {

  /** A start that learns nothing and looks for no alerts. */
  public ProbeStart(
      CommandId command,
      RunRef run,
      Instant deadline,
      List<Probe> probes,
      List<PodChaos.Selector> watch,
      Duration longest) {
    this(command, run, deadline, probes, watch, longest, null, List.of());
  }

  public ProbeStart {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(deadline, "deadline");
    probes = List.copyOf(probes);
    watch = watch == null ? List.of() : List.copyOf(watch);
    Objects.requireNonNull(longest, "longest");
    alerts = alerts == null ? List.of() : List.copyOf(alerts);
  }

  @Override
  public Instant deadlineOrMax() {
    return deadline;
  }
}
