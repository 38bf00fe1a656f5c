package dev.greenstick.contracts.run;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Experiment;
import java.time.Instant;
import java.util.Objects;

/**
 * A run will take place.
 *
 * @param run the run
 * @param scheduledFor the instant it was due, which names the run
 * @param trigger what made it due, for example {@code requested by alice}
 * @param experiment the full definition that this run carries out, whatever becomes of the
 *     experiment later
 */
@EventType("dev.greenstick.run.planned.v1")
public record RunPlanned(RunRef run, Instant scheduledFor, String trigger, Experiment experiment)
    implements RunEvent {

  public RunPlanned {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(scheduledFor, "scheduledFor");
    Objects.requireNonNull(trigger, "trigger");
    Objects.requireNonNull(experiment, "experiment");
  }

  @Override
  public String identity() {
    return "";
  }
}
