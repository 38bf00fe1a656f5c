package dev.greenstick.probe.pace;

import dev.greenstick.contracts.experiment.Arrivals;
import dev.greenstick.contracts.experiment.Probe;

/**
 * The intended instants of a probe as a pure sequence of offsets from its start. The sequence never
 * decreases and depends on nothing that a server does: this is what makes the loop an open one.
 */
public sealed interface Pace permits ConstantRate, Poisson, Ramp, Steps, Replay {

  /** The offset of what is never intended. */
  long NEVER = Long.MAX_VALUE / 2;

  /**
   * The pace that a probe asks for.
   *
   * @param phase where within its interval a rate begins, from 0 to below 1, so that probes of one
   *     run take turns; a random or recorded sequence has no intervals
   */
  static Pace of(Probe probe, double phase) {
    Arrivals arrivals = probe.arrivals();
    if (arrivals == null) {
      return new ConstantRate(probe.rate(), phase);
    }
    if (arrivals.poisson() != null) {
      return new Poisson(probe.rate(), arrivals.poisson().seed());
    }
    if (arrivals.ramp() != null) {
      return new Ramp(probe.rate(), arrivals.ramp().to(), arrivals.ramp().over(), phase);
    }
    if (arrivals.replay() != null) {
      return new Replay(arrivals.replay().offsets(), arrivals.replay().repeat());
    }
    return new Steps(arrivals.steps(), phase);
  }

  /** The offset in nanoseconds at which prediction {@code index}, from 0, is intended. */
  long offsetNanos(long index);

  /** How many predictions are intended before an offset in nanoseconds, that offset excluded. */
  long countBefore(long offsetNanos);

  /** The count that {@link #offsetNanos} says, looked for from an estimate of it. */
  static long counted(Pace pace, long offsetNanos, double estimate) {
    long count = Math.max(0, (long) estimate);
    while (count > 0 && pace.offsetNanos(count - 1) >= offsetNanos) {
      count--;
    }
    while (pace.offsetNanos(count) < offsetNanos) {
      count++;
    }
    return count;
  }
}
