package dev.greenstick.injector;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resource;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final Resources resources;
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
    this.resources = drivers.resources();
    this.ledger = ledger;
    this.memory = memory;
    this.clock = clock;
    this.figures = figures;
  }

  /** Does all it can; what fails is logged, left to the next sweep, and makes this one false. */
  boolean run() {
    // Pods first: an entry is written before its pods are held, so none of these can lack one.
    Map<PodRef, Pod> held = new TreeMap<>();
    boolean complete = true;
    for (String namespace : fence.open()) {
      for (String mark : drivers.marks()) {
        complete &=
            attempt(
                "held pods of namespace " + namespace,
                () ->
                    pods.list(PodQuery.labelled(namespace, mark))
                        .forEach(pod -> held.put(pod.ref(), pod)));
      }
    }
    List<Resource> changed = new ArrayList<>();
    complete &= attempt("changed objects", () -> changed.addAll(changed()));
    complete &= attempt("open entries", () -> ledger.open().forEach(progress::adopt));
    for (Pod pod : held.values()) {
      complete &= attempt("pod " + pod.ref(), () -> release(pod));
    }
    for (Resource resource : changed) {
      complete &= attempt(resource.ref().toString(), () -> release(resource));
    }
    return complete & attempt("settled entries", this::forget);
  }

  private void release(Pod pod) {
    for (FaultId fault : drivers.on(pod)) {
      progress.locked(
          fault,
          tracked -> {
            if (!mayHold(tracked)) {
              released(pod.ref(), fault, drivers.release(pod, fault));
            }
            return null;
          });
      progress.advance(fault);
    }
  }

  private void released(Object what, FaultId fault, boolean held) {
    // False: it was released between the list and this look.
    if (held) {
      LOG.warnf("%s: was held by fault %s, which is over or unknown; released", what, fault);
      figures.swept();
    }
  }

  private List<Resource> changed() {
    List<Resource> changed = new ArrayList<>();
    for (ResourceType type : drivers.changed()) {
      try {
        if (type.namespaced()) {
          fence
              .open()
              .forEach(namespace -> changed.addAll(resources.list(type, namespace, Hold.LABEL)));
        } else {
          changed.addAll(resources.list(type, "", Hold.LABEL));
        }
      } catch (ClusterException e) {
        if (e.passing()) {
          throw e;
        }
        // An injector that is not granted this kind has not changed any of it either.
        LOG.debugf("sweep of %s: %s", type.plural(), e.getMessage());
      }
    }
    return changed;
  }

  private void release(Resource resource) {
    FaultId fault;
    try {
      fault = FaultId.parse(resource.label(Hold.LABEL));
    } catch (IllegalArgumentException e) {
      LOG.warnf("%s: its label %s is no fault's, so it is left alone", resource.ref(), Hold.LABEL);
      return;
    }
    progress.locked(
        fault,
        tracked -> {
          if (!mayHold(tracked)) {
            drivers.release(resource, fault);
            released(resource.ref(), fault, true);
          }
          return null;
        });
    progress.advance(fault);
  }

  private boolean mayHold(Tracked tracked) {
    if (tracked.known().isEmpty()) {
      progress.reload(tracked);
    }
    return tracked.known().flatMap(entry -> entry.state().mayHold()).isPresent();
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
