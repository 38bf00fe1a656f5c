package dev.greenstick.injector;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger.Recorded;
import dev.greenstick.injector.ledger.State;
import dev.greenstick.injector.target.Pod;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this instance has in mind of a fault, beside what the ledger holds. Everything but {@link
 * #fault} is touched under {@link #lock} alone, and all of it may be lost.
 */
final class Tracked {

  final FaultId fault;
  final ReentrantLock lock = new ReentrantLock();

  /** The entry as it was last read or written; null before. */
  private Recorded recorded;

  /** The chosen pods as they were seen; null once they have been used. */
  Map<PodRef, Pod> seen;

  /** Since when the command is being carried out; null once its first call has been made. */
  Timer.Sample sinceRead;

  /** What kept the fault from being injected the last time it was tried; null when nothing did. */
  String lastProblem;

  /** What undoing has come to so far, over several attempts. */
  final Map<PodRef, PodOutcome> outcomes = new HashMap<>();

  /** The event on its way to Kafka; null when none is. */
  FaultEvent telling;

  /** The events that Kafka has acknowledged to this instance. */
  final Set<FaultEvent> told = new HashSet<>();

  /** The instants at which an alarm is set. */
  final NavigableSet<Instant> alarms = new TreeSet<>();

  /** Whether it was found in the ledger, so that what was checked before may no longer hold. */
  boolean found;

  /** Whether the entry was found past its deadline: then somebody else had let it pass. */
  boolean foundLate;

  /** Completes when nothing is left to do about this fault; safe without the lock. */
  final CompletableFuture<Void> over = new CompletableFuture<>();

  /** Whether this fault has been dropped from memory: whoever waited for the lock starts anew. */
  boolean dropped;

  Tracked(FaultId fault) {
    this.fault = fault;
  }

  Optional<Entry> known() {
    return Optional.ofNullable(recorded).map(Recorded::entry);
  }

  Entry entry() {
    return recorded.entry();
  }

  Recorded recorded() {
    return recorded;
  }

  void record(Recorded next) {
    recorded = next;
  }

  /** The next state, for this instance alone: after a crash it follows again from the last one. */
  void think(State next) {
    recorded = new Recorded(recorded.entry().in(next), recorded.version());
  }

  /** The next event to emit; empty while one is on its way, and when all are told. */
  Optional<FaultEvent> untold() {
    return telling != null
        ? Optional.empty()
        : entry().state().outbox().stream().filter(event -> !told.contains(event)).findFirst();
  }

  boolean toldAll() {
    return telling == null && told.containsAll(entry().state().outbox());
  }
}
