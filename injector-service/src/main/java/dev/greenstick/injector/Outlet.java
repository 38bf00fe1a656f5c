package dev.greenstick.injector;

import dev.greenstick.contracts.fault.FaultEvent;
import java.util.concurrent.CompletionStage;

/** Where fault events go. */
public interface Outlet {

  /**
   * Emits an event; returns at once. Emitting it again, after a restart, gives the same event with
   * the same id.
   *
   * @return completes when the event is safe there, and fails when it may not be; on any thread
   */
  CompletionStage<Void> emit(FaultEvent event);
}
