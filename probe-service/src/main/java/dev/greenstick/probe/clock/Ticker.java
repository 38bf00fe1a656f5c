package dev.greenstick.probe.clock;

/**
 * A clock that only goes forward, as {@link System#nanoTime()}: its nanoseconds mean something only
 * as differences.
 */
@FunctionalInterface
public interface Ticker {

  /** Now, in nanoseconds from an origin of its own. */
  long nanos();
}
