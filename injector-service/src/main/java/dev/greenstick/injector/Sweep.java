package dev.greenstick.injector;

import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.Ledger.Recorded;
import dev.greenstick.injector.ledger.State;
import dev.greenstick.injector.safety.Fence;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds what nobody finishes: entries of an injector that died, pods that no living fault accounts
 * for, entries that need no longer be remembered.
 */
final class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final Progress progress;
  private final Fence fence;
  private final Drivers drivers;
  private final Pods pods;
  private final Ledger ledger;
  private final Duration memory;
  private final InstantSource clock;
  private final Figures figures;

  Sweep(
      Progress progress,
      Fence fence,
      Drivers drivers,
      Pods pods,
      Ledger ledger,
      Duration memory,
      InstantSource clock,
      Figures figures) {
    this.progress = progress;
    this.fence = fence;
    this.drivers = drivers;
    this.pods = pods;
    this.ledger = ledger;
    this.memory = memory;
    this.clock = clock;
    this.figures = figures;
  }

  /** Does all it can; what fails is logged, left to the next sweep, and makes this one false. */
  boolean run() {
    // Pods first: an entry is written before its pods are held, so none of these can lack one.
    List<Pod> held = new ArrayList<>();
    boolean complete = true;
    for (String namespace : fence.open()) {
      complete &=
          attempt(
              "held pods of namespace " + namespace,
              () -> held.addAll(pods.list(PodQuery.labelled(namespace, Hold.LABEL))));
    }
    complete &= attempt("open entries", () -> ledger.open().forEach(progress::adopt));
    for (Pod pod : held) {
      complete &= attempt("pod " + pod.ref(), () -> release(pod));
    }
    return complete & attempt("settled entries", this::forget);
  }

  private void release(Pod pod) {
    Optional<Hold> hold = Hold.of(pod);
    if (hold.isEmpty()) {
      return;
    }
    for (FaultId fault : hold.get().faults()) {
      progress.locked(
          fault,
          tracked -> {
            if (!mayHold(tracked)) {
              released(pod, fault, drivers.podFailure().undo(fault, pod.ref()));
            }
            return null;
          });
      progress.advance(fault);
    }
  }

  private void released(Pod pod, FaultId fault, Optional<PodOutcome> outcome) {
    // Empty: it was released between the list and this look.
    if (outcome.isPresent() && outcome.get() != PodOutcome.GONE) {
      LOG.warnf(
          "pod %s: was held by fault %s, which is over or unknown; %s",
          pod.ref(), fault, outcome.get());
      figures.swept();
    }
  }

  private boolean mayHold(Tracked tracked) {
    if (tracked.known().isEmpty()) {
      progress.reload(tracked);
    }
    return tracked.known().map(Entry::state).filter(Sweep::mayHold).isPresent();
  }

  private static boolean mayHold(State state) {
    return switch (state) {
      case State.Intended intended -> true;
      case State.Live live -> true;
      case State.Undoing undoing -> true;
      case State.Ended ended -> false;
      case State.Closed closed -> false;
      case State.Barred barred -> false;
    };
  }

  private void forget() {
    for (Recorded recorded : ledger.settled()) {
      Entry entry = recorded.entry();
      if (settledAt(entry).filter(at -> clock.instant().isAfter(at.plus(memory))).isPresent()) {
        ledger.remove(recorded);
      }
    }
  }

  /**
   * When an entry was settled, or its command's deadline when that is later; empty when it is not.
   */
  private static Optional<Instant> settledAt(Entry entry) {
    return switch (entry.state()) {
      case State.Barred barred -> Optional.of(barred.at());
      case State.Closed closed ->
          Optional.of(
              closed.at().isAfter(entry.order().deadline())
                  ? closed.at()
                  : entry.order().deadline());
      case State.Intended intended -> Optional.empty();
      case State.Live live -> Optional.empty();
      case State.Undoing undoing -> Optional.empty();
      case State.Ended ended -> Optional.empty();
    };
  }

  private static boolean attempt(String what, Runnable action) {
    try {
      action.run();
      return true;
    } catch (ClusterException e) {
      LOG.warnf("sweep of %s is left to the next one: %s", what, e.getMessage());
      return false;
    }
  }
}
