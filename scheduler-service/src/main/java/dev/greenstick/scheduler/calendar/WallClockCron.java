package dev.greenstick.scheduler.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A cron expression that names hours, so means readings of the clock: one that is skipped when the
 * clock is put forward is due at that very moment, and one that comes twice when it is put back is
 * due the first time. Whatever falls into a skipped hour is due once, together.
 */
record WallClockCron(LocalTimes times, ZoneRules zone) implements Recurrence {

  WallClockCron {
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(zone, "zone");
  }

  @Override
  public Optional<Instant> next(Instant after) {
    Optional<LocalDateTime> reading =
        times.next(LocalDateTime.ofInstant(after, zone.getOffset(after)));
    while (reading.isPresent()) {
      Instant due = due(reading.get());
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
      reading = times.next(reading.get());
    }
    return Optional.empty();
  }

  private Instant due(LocalDateTime reading) {
    List<ZoneOffset> offsets = zone.getValidOffsets(reading);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition skipped = zone.getTransition(reading);
      return skipped.getInstant();
    }
    return reading.toInstant(offsets.getFirst());
  }
}
