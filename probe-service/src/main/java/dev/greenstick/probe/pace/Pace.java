package dev.greenstick.probe.pace;

/**
 * The intended instants of a probe as a pure sequence of offsets from its start. The sequence never
 * decreases and depends on nothing that a server does: this is what makes the loop an open one.
 */
public sealed interface Pace permits ConstantRate {

  /** The offset in nanoseconds at which prediction {@code index}, from 0, is intended. */
  long offsetNanos(long index);

  /** How many predictions are intended before an offset in nanoseconds, that offset excluded. */
  long countBefore(long offsetNanos);
}
