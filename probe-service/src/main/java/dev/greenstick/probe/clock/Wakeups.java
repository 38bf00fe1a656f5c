package dev.greenstick.probe.clock;

/** Calls back at instants of the {@link Ticker}. Safe for many threads. */
public interface Wakeups {

  /**
   * Runs a short task at or soon after an instant of the ticker, which may lie in the past; the
   * task must not block.
   */
  void at(long tickNanos, Runnable task);
}
