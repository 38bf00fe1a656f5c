package dev.greenstick.probe.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time of one run: offsets from its start by the ticker, and what the wall clock said at the
 * start. The wall clock is asked once, so that setting it does not bend a run's windows.
 */
public final class RunClock {

  private final Ticker ticker;
  private final long startNanos;
  private final Instant startedAt;

  private RunClock(Ticker ticker, long startNanos, Instant startedAt) {
    this.ticker = ticker;
    this.startNanos = startNanos;
    this.startedAt = startedAt;
  }

  /** A run that starts at the first whole millisecond after {@code lead}. */
  public static RunClock startingIn(Duration lead, Ticker ticker, InstantSource wall) {
    long nanos = ticker.nanos();
    Instant now = wall.instant();
    Instant startedAt = now.plus(lead).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    return new RunClock(ticker, nanos + Duration.between(now, startedAt).toNanos(), startedAt);
  }

  /** A run that started at an instant which an earlier process told. */
  public static RunClock startedAt(Instant startedAt, Ticker ticker, InstantSource wall) {
    long nanos = ticker.nanos();
    return new RunClock(
        ticker, nanos - Duration.between(startedAt, wall.instant()).toNanos(), startedAt);
  }

  /** Nanoseconds since the start; negative before it. */
  public long offsetNanos() {
    return ticker.nanos() - startNanos;
  }

  /** What the ticker says at an offset. */
  public long tickAt(long offsetNanos) {
    return startNanos + offsetNanos;
  }

  /** The start, offset 0. */
  public Instant startedAt() {
    return startedAt;
  }
}
