package dev.greenstick.probe.emit;

import dev.greenstick.contracts.health.HealthEvent;
import java.time.Instant;

/** Where health events go. Safe for many threads; never blocks. */
@FunctionalInterface
public interface HealthEvents {

  /** Emits what happened at an instant. */
  void emit(Instant at, HealthEvent event);
}
