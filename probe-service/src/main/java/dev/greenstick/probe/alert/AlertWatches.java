package dev.greenstick.probe.alert;

import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.probe.clock.RunClock;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Opens watches for alerts. */
@FunctionalInterface
public interface AlertWatches {

  /**
   * A watch for the alerts of a run, not started yet.
   *
   * @param isFresh whether the run begins now
   * @param changed told of every change, with the instant at which it was seen
   */
  AlertLooks over(
      ProbeStart command,
      RunClock clock,
      boolean isFresh,
      BiConsumer<Instant, AlertObserved> changed);
}
