package dev.greenstick.scheduler.calendar;

import com.cronutils.model.Cron;
import com.cronutils.model.time.ExecutionTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The readings of a clock on the wall that a cron expression names, in whole seconds. The library
 * is asked in UTC, where every reading exists once: what zones do to them is decided here, by
 * {@link WallClockCron} and {@link ElapsedCron}.
 */
final class LocalTimes {

  private final ExecutionTime times;
  private final String text;

  LocalTimes(Cron cron) {
    this.times = ExecutionTime.forCron(cron);
    this.text = cron.asString();
  }

  /** The first reading after {@code after}; empty when there is none, as for 30 February. */
  Optional<LocalDateTime> next(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  @Override
  public String toString() {
    return text;
  }
}
