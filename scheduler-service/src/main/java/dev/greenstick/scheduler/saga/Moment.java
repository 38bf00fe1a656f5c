package dev.greenstick.scheduler.saga;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * When a transition takes place, and how long may be waited from here.
 *
 * @param now the instant, by the scheduler's clock
 * @param timeouts the installation's timeouts
 */
record Moment(Instant now, Timeouts timeouts) {

  Moment {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(timeouts, "timeouts");
  }

  /**
   * The instant that is {@code wait} from now, in whole milliseconds because timers count those.
   */
  Instant after(Duration wait) {
    Instant due = now.plus(wait);
    Instant floor = due.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(due) ? due : floor.plusMillis(1);
  }

  boolean reached(Instant due) {
    return !now.isBefore(due);
  }
}
