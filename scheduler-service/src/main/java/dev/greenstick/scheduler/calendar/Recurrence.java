package dev.greenstick.scheduler.calendar;

import dev.greenstick.contracts.experiment.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instants that a schedule names, in order and without end. Pure: the same schedule gives the
 * same instants, so a run's id does not depend on who computes it or when. Safe for many threads.
 */
public sealed interface Recurrence permits Interval, WallClockCron, ElapsedCron {

  /** The first instant after {@code after}; empty when there is none. */
  Optional<Instant> next(Instant after);

  /**
   * Reads a schedule's cron expression or interval.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Recurrence of(Schedule schedule) {
    if (schedule.every() != null) {
      return new Interval(schedule.every());
    }
    return CronText.parse(schedule.cron(), ZoneId.of(schedule.timeZone()));
  }

  /** The first {@code most} instants after {@code after}; fewer when there are no more. */
  default List<Instant> upcoming(Instant after, int most) {
    List<Instant> upcoming = new ArrayList<>();
    Optional<Instant> next = next(after);
    while (upcoming.size() < most && next.isPresent()) {
      upcoming.add(next.get());
      next = next(next.get());
    }
    return upcoming;
  }

  /**
   * What was due and is late: the instants from {@code first} on that are not after {@code now}. A
   * schedule of seconds that slept for a year has millions, so only the latest {@code most} are
   * told, found without visiting the others.
   *
   * @param first an instant of this recurrence
   */
  default Missed missed(Instant first, Instant now, int most) {
    long back = 1;
    List<Instant> found = between(now.minusSeconds(back), first, now, most);
    while (found.size() <= most && now.minusSeconds(back).isAfter(first)) {
      back *= 2;
      found = between(now.minusSeconds(back), first, now, most);
    }
    boolean more = found.size() > most || (!found.isEmpty() && found.getFirst().isAfter(first));
    int from = Math.max(0, found.size() - most);
    return new Missed(List.copyOf(found.subList(from, found.size())), more);
  }

  private List<Instant> between(Instant after, Instant first, Instant until, int most) {
    List<Instant> found = new ArrayList<>();
    Instant from = after.isBefore(first) ? first.minusNanos(1) : after;
    Optional<Instant> next = next(from);
    while (next.isPresent() && !next.get().isAfter(until)) {
      found.add(next.get());
      if (found.size() > 2 * most) {
        found.removeFirst();
      }
      next = next(next.get());
    }
    return found;
  }

  /**
   * Instants that have passed.
   *
   * @param latest the latest ones, in order
   * @param more whether there were earlier ones
   */
  record Missed(List<Instant> latest, boolean more) {

    public Missed {
      latest = List.copyOf(latest);
    }
  }
}
