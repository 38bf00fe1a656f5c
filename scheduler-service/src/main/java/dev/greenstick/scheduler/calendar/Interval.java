package dev.greenstick.scheduler.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Every so often, counted from 1970-01-01T00:00:00Z, so that a restart or a new definition does not
 * move it.
 *
 * @param every whole milliseconds, at least one
 */
record Interval(Duration every) implements Recurrence {

  Interval {
    Objects.requireNonNull(every, "every");
    if (every.toMillis() < 1 || every.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("must be whole milliseconds, but is: " + every);
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long period = every.toMillis();
    long passed = Math.floorDiv(after.toEpochMilli(), period);
    return Optional.of(Instant.ofEpochMilli((passed + 1) * period));
  }
}
