package dev.greenstick.contracts.run;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.RunRef;
import java.time.Instant;
import java.util.Objects;

/**
 * A run was due and did not take place.
 *
 * @param run the run that would have been
 * @param scheduledFor the instant it was due
 * @param reason why not, in one sentence
 */
@EventType("dev.greenstick.run.skipped.v1")
public record RunSkipped(RunRef run, Instant scheduledFor, String reason) implements RunEvent {

  public RunSkipped {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(scheduledFor, "scheduledFor");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String identity() {
    return "";
  }
}
