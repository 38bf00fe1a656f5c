package dev.greenstick.injector;

import java.time.Instant;

/** Runs things later. */
@FunctionalInterface
public interface Alarm {

  /**
   * Runs the task once at the instant, or at once when that is past; not on the caller's thread.
   */
  void at(Instant when, Runnable task);
}
