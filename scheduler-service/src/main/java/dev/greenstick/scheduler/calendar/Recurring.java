package dev.greenstick.scheduler.calendar;

import dev.greenstick.contracts.experiment.Schedule;
import java.time.Instant;
import java.util.Objects;

/**
 * A schedule that is kept.
 *
 * @param schedule what it says
 * @param next the instant that is due next
 */
public record Recurring(Schedule schedule, Instant next) {

  public Recurring {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(next, "next");
  }
}
