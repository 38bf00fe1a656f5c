package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.injector.Outlet;
import dev.greenstick.injector.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Emits fault events to {@link Topics#FAULTS}. */
@ApplicationScoped
class FaultOutlet implements Outlet {

  private final Outgoing outgoing;
  private final Settings settings;
  private final Clock clock;

  FaultOutlet(Outgoing outgoing, Settings settings, Clock clock) {
    this.outgoing = outgoing;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Void> emit(FaultEvent event) {
    return outgoing.send(Topics.FAULTS, Event.of(settings.source(), timeOf(event), event));
  }

  /** When it happened; where the event does not say, when it is said. */
  private Instant timeOf(FaultEvent event) {
    return switch (event) {
      case FaultInjected injected -> injected.injectedAt();
      case FaultReverted reverted -> reverted.revertedAt();
      case FaultFailed failed -> failed.failedAt();
      case FaultRefused refused -> clock.instant();
      case FaultRehearsed rehearsed -> clock.instant();
      case FaultConflicted conflicted -> clock.instant();
    };
  }
}
