package dev.greenstick.scheduler.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Objects;
import java.util.Optional;

/**
 * A cron expression of every hour, so means that time has passed: "every ten minutes" goes on
 * through an hour that comes twice, and has nothing to catch up on after one that is skipped, as in
 * crontab(5).
 */
record ElapsedCron(LocalTimes times, ZoneRules zone) implements Recurrence {

  ElapsedCron {
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(zone, "zone");
  }

  @Override
  public Optional<Instant> next(Instant after) {
    Instant from = after;
    ZoneOffset offset = zone.getOffset(after);
    ZoneOffsetTransition change = zone.nextTransition(after);
    Optional<LocalDateTime> reading = times.next(LocalDateTime.ofInstant(from, offset));
    while (reading.isPresent()
        && change != null
        && !reading.get().toInstant(offset).isBefore(change.getInstant())) {
      // The clock is changed before this reading comes; the first one after it may be at once.
      offset = change.getOffsetAfter();
      from = change.getInstant().minusSeconds(1);
      change = zone.nextTransition(change.getInstant());
      reading = times.next(LocalDateTime.ofInstant(from, offset));
    }
    ZoneOffset found = offset;
    return reading.map(local -> local.toInstant(found));
  }
}
