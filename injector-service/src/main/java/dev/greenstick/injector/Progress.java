package dev.greenstick.injector;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.fault.FaultReverted.PodEnd;
import dev.greenstick.contracts.fault.FaultReverted.PodOutcome;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.fault.FaultDriver;
import dev.greenstick.injector.ledger.Ending;
import dev.greenstick.injector.ledger.Entry;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.ledger.Ledger.Recorded;
import dev.greenstick.injector.ledger.Order;
import dev.greenstick.injector.ledger.State;
import dev.greenstick.injector.ledger.Victim;
import dev.greenstick.injector.safety.Halts;
import dev.greenstick.injector.target.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Moves faults to their end, one step at a time. A step that fails is tried again later; a step
 * that was done and not recorded is done again, which changes nothing.
 */
final class Progress {

  /** After this, what failed is tried again. */
  static final Duration RETRY = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(Progress.class);

  private final Drivers drivers;
  private final Guard guard;
  private final Ledger ledger;
  private final Outlet outlet;
  private final Alarm alarm;
  private final Executor executor;
  private final InstantSource clock;
  private final Figures figures;
  private final BooleanSupplier leads;
  private final Map<FaultId, Tracked> faults = new ConcurrentHashMap<>();

  /** The kill switch; null while nobody knows how it stands. */
  private volatile Halts halts;

  Progress(
      Drivers drivers,
      Guard guard,
      Ledger ledger,
      Outlet outlet,
      Alarm alarm,
      Executor executor,
      InstantSource clock,
      Figures figures,
      BooleanSupplier leads) {
    this.drivers = drivers;
    this.guard = guard;
    this.ledger = ledger;
    this.outlet = outlet;
    this.alarm = alarm;
    this.executor = executor;
    this.clock = clock;
    this.figures = figures;
    this.leads = leads;
  }

  /** Does something to a fault while nobody else does. */
  <T> T locked(FaultId fault, Function<Tracked, T> action) {
    while (true) {
      Tracked tracked = faults.computeIfAbsent(fault, Tracked::new);
      tracked.lock.lock();
      try {
        if (!tracked.dropped) {
          return action.apply(tracked);
        }
      } finally {
        tracked.lock.unlock();
      }
    }
  }

  /** Takes from the ledger what it holds of a fault. */
  void reload(Tracked tracked) {
    tracked.record(ledger.find(tracked.fault).orElse(null));
  }

  /** The kill switch from now on; ends what it stops. */
  void halts(Halts next) {
    halts = next;
    List.copyOf(faults.keySet()).forEach(this::advanceSoon);
  }

  /**
   * Why a run is stopped by the kill switch; empty when it is not.
   *
   * @throws ClusterException when nobody knows yet how the kill switch stands
   */
  Optional<String> halted(RunRef run) {
    Halts known = halts;
    if (known == null) {
      throw ClusterException.unavailable("how the kill switch stands is not known yet", null);
    }
    return known.over(run);
  }

  private Optional<Ending> stopped(Tracked tracked) {
    Halts known = halts;
    return known == null
        ? Optional.empty()
        : known.over(tracked.entry().run()).map(why -> new Ending.Revert(Cause.HALTED, why));
  }

  /** Takes on an entry that was found in the ledger, unless this instance has it already. */
  void adopt(Recorded found) {
    know(found);
    advance(found.entry().fault());
  }

  /** Takes on an entry likewise, and does nothing about it yet. */
  void know(Recorded found) {
    locked(
        found.entry().fault(),
        tracked -> {
          if (tracked.known().isEmpty()) {
            tracked.record(found);
            tracked.found = true;
            tracked.foundLate =
                found.entry().state() instanceof State.Live live
                    && clock.instant().isAfter(live.plan().revertBy());
            LOG.infof("fault %s: found in the ledger, going on with it", tracked.fault);
          }
          return null;
        });
  }

  void advanceSoon(FaultId fault) {
    executor.execute(() -> advance(fault));
  }

  /** Goes as far as it can without waiting. */
  void advance(FaultId fault) {
    locked(
        fault,
        tracked -> {
          try {
            boolean more = true;
            while (more) {
              more = step(tracked);
            }
          } catch (RuntimeException e) {
            LOG.warnf("fault %s: %s; trying again in %s", fault, e.getMessage(), RETRY);
            if (!(e instanceof ClusterException)) {
              LOG.errorf(e, "fault %s: unexpected", fault);
            }
            wakeAt(tracked, clock.instant().plus(RETRY));
          }
          return null;
        });
  }

  /** Forgets every fault: another injector goes on with them, from the ledger. */
  void forgetAll() {
    List.copyOf(faults.keySet()).forEach(this::advanceSoon);
  }

  /** Ends every fault that is not over; completes when all are over and told. */
  CompletableFuture<Void> endAll(Ending why) {
    List<Tracked> all = List.copyOf(faults.values());
    all.forEach(tracked -> executor.execute(() -> end(tracked.fault, why)));
    return CompletableFuture.allOf(
        all.stream().map(tracked -> tracked.over).toArray(CompletableFuture[]::new));
  }

  private void end(FaultId fault, Ending why) {
    locked(
        fault,
        tracked -> {
          tracked.known().map(Entry::state).ifPresent(state -> end(tracked, state, why));
          return null;
        });
    advance(fault);
  }

  private static void end(Tracked tracked, State state, Ending why) {
    switch (state) {
      case State.Intended intended -> tracked.think(intended.undoing(why, intended.plan().pods()));
      case State.Live live -> tracked.think(live.undoing(why));
      case State.Barred barred -> {}
      case State.Undoing undoing -> {}
      case State.Ended ended -> {}
      case State.Closed closed -> {}
    }
  }

  /** The next step; false when there is none now. */
  private boolean step(Tracked tracked) {
    if (tracked.known().isEmpty() || !leads.getAsBoolean()) {
      drop(tracked);
      return false;
    }
    tell(tracked);
    return switch (tracked.entry().state()) {
      case State.Intended intended -> apply(tracked, intended);
      case State.Live live -> waitOrEnd(tracked, live);
      case State.Undoing undoing -> undo(tracked, undoing);
      case State.Ended ended -> close(tracked, ended);
      case State.Closed closed -> drop(tracked);
      case State.Barred barred -> drop(tracked);
    };
  }

  private boolean apply(Tracked tracked, State.Intended intended) {
    Order order = tracked.entry().order();
    boolean resumed = tracked.seen == null;
    Optional<Ending> obstacle = obstacle(tracked, intended, resumed);
    if (obstacle.isPresent()) {
      tracked.think(intended.undoing(obstacle.get(), intended.plan().pods()));
      return true;
    }
    tracked.found = false;
    var seen = resumed ? Map.<PodRef, Pod>of() : tracked.seen;
    tracked.seen = null;
    FaultDriver driver = drivers.of(order.spec());
    Instant until =
        order.deadline().isBefore(intended.plan().revertBy())
            ? order.deadline()
            : intended.plan().revertBy();
    List<PodRef> hit = new ArrayList<>();
    List<PodRef> tried = new ArrayList<>();
    for (Victim victim : intended.plan().victims()) {
      Optional<String> halted = halted(tracked.entry().run());
      if (halted.isPresent()) {
        Ending why = new Ending.Revert(Cause.HALTED, halted.get());
        tracked.think(intended.undoing(why, intended.plan().pods()));
        return true;
      }
      tried.add(victim.pod());
      if (tracked.sinceRead != null) {
        figures.firstCall(tracked.sinceRead);
        tracked.sinceRead = null;
      }
      try {
        if (driver.apply(tracked.fault, victim, seen.get(victim.pod()), until)) {
          hit.add(victim.pod());
        }
      } catch (ClusterException e) {
        if (e.passing()) {
          // The victims stand: those that lack the fault get it when the cluster answers again.
          tracked.lastProblem = e.getMessage();
          throw e;
        }
        List<PodRef> touched = resumed ? intended.plan().pods() : tried;
        tracked.think(intended.undoing(new Ending.Failure(e.getMessage()), touched));
        return true;
      }
    }
    if (hit.isEmpty()) {
      Ending why =
          new Ending.Failure("every chosen pod was gone before the fault could be applied");
      tracked.think(intended.undoing(why, List.of()));
      return true;
    }
    String method = driver.method(intended.plan().victimsIn(hit));
    record(tracked, intended.applied(injected(tracked.entry(), intended, hit, method)));
    LOG.infof("fault %s: injected into %s", tracked.fault, hit);
    return true;
  }

  /** What speaks against going on with an intent; empty when nothing does. */
  private Optional<Ending> obstacle(Tracked tracked, State.Intended intended, boolean resumed) {
    Order order = tracked.entry().order();
    Instant now = clock.instant();
    if (resumed && now.isAfter(order.deadline()) || !now.isBefore(intended.plan().revertBy())) {
      return Optional.of(
          new Ending.Failure(
              "injecting it was interrupted, and is too late now"
                  + (tracked.lastProblem == null ? "" : ": " + tracked.lastProblem)));
    }
    if (!tracked.found) {
      return Optional.empty();
    }
    List<Problem> problems = guard.problems(tracked.fault, order.spec(), intended.plan().victims());
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ending.Failure(
                "injecting it was interrupted, and must not go on: "
                    + problems.stream().map(Problem::toString).collect(Collectors.joining("; "))));
  }

  private FaultInjected injected(
      Entry entry, State.Intended intended, List<PodRef> hit, String method) {
    return new FaultInjected(
        entry.run(),
        entry.fault(),
        entry.order().step(),
        entry.order().spec(),
        intended.plan().candidates(),
        hit,
        intended.plan().startedAt(),
        clock.instant(),
        intended.plan().revertBy(),
        method);
  }

  private boolean waitOrEnd(Tracked tracked, State.Live live) {
    Optional<Ending> stop = stopped(tracked);
    if (stop.isPresent()) {
      tracked.think(live.undoing(stop.get()));
      return true;
    }
    Instant revertBy = live.plan().revertBy();
    if (clock.instant().isBefore(revertBy)) {
      wakeAt(tracked, revertBy);
      return false;
    }
    tracked.think(
        live.undoing(
            tracked.foundLate
                ? new Ending.Revert(
                    Cause.SWEPT,
                    "found past its deadline " + revertBy + ", when nobody reverted it")
                : new Ending.Revert(
                    Cause.DURATION_ELAPSED, "its duration was over at " + revertBy)));
    return true;
  }

  private boolean undo(Tracked tracked, State.Undoing undoing) {
    FaultDriver driver = drivers.of(tracked.entry().order().spec());
    ClusterException failed = null;
    for (Victim victim : undoing.victims()) {
      try {
        driver
            .undo(tracked.fault, victim)
            .ifPresent(outcome -> tracked.outcomes.putIfAbsent(victim.pod(), outcome));
      } catch (ClusterException e) {
        // The other pods must not wait for this one.
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
    FaultEvent end = end(tracked, undoing, driver.whenFree());
    record(tracked, undoing.ended(end));
    LOG.infof("fault %s: undone, %s", tracked.fault, undoing.why().reason());
    return true;
  }

  private FaultEvent end(Tracked tracked, State.Undoing undoing, PodOutcome whenFree) {
    Entry entry = tracked.entry();
    Instant now = clock.instant();
    if (undoing.injected() != null && undoing.why() instanceof Ending.Revert revert) {
      if (revert.cause() != Cause.COMMANDED && revert.cause() != Cause.HALTED) {
        figures.reverted(Duration.between(undoing.injected().revertBy(), now));
      }
      List<PodEnd> ends =
          undoing.victims().stream()
              .map(victim -> new PodEnd(victim.pod(), outcome(tracked, undoing, victim, whenFree)))
              .toList();
      return new FaultReverted(
          entry.run(),
          entry.fault(),
          entry.order().step(),
          revert.cause(),
          revert.reason(),
          ends,
          now);
    }
    List<PodRef> touched =
        undoing.victims().stream().map(Victim::pod).filter(tracked.outcomes::containsKey).toList();
    return new FaultFailed(
        entry.run(), entry.fault(), entry.order().step(), undoing.why().reason(), touched, now);
  }

  /** Who shares an object with others shares what became of it: it is let go of once for all. */
  private static PodOutcome outcome(
      Tracked tracked, State.Undoing undoing, Victim victim, PodOutcome whenFree) {
    PodOutcome own = tracked.outcomes.get(victim.pod());
    if (own != null || victim.on() == null) {
      return own == null ? whenFree : own;
    }
    return undoing.victims().stream()
        .filter(each -> victim.on().equals(each.on()))
        .map(each -> tracked.outcomes.get(each.pod()))
        .filter(PodOutcome.CHANGED_MEANWHILE::equals)
        .findFirst()
        .orElse(whenFree);
  }

  private boolean close(Tracked tracked, State.Ended ended) {
    if (!tracked.toldAll()) {
      return false;
    }
    State.Closed closed = ended.told(clock.instant());
    record(tracked, closed);
    figures.ended(closed.outcome());
    return true;
  }

  private boolean drop(Tracked tracked) {
    tracked.dropped = true;
    faults.remove(tracked.fault, tracked);
    tracked.over.complete(null);
    return false;
  }

  private void tell(Tracked tracked) {
    tracked
        .untold()
        .ifPresent(
            event -> {
              tracked.telling = event;
              outlet
                  .emit(event)
                  .whenComplete(
                      (done, failure) ->
                          executor.execute(() -> told(tracked.fault, event, failure)));
            });
  }

  private void told(FaultId fault, FaultEvent event, Throwable failure) {
    boolean safe =
        locked(
            fault,
            tracked -> {
              tracked.telling = null;
              if (failure == null) {
                tracked.told.add(event);
                return true;
              }
              LOG.warnf(
                  "fault %s: %s is not with Kafka yet (%s); trying again in %s",
                  fault, event.getClass().getSimpleName(), failure.getMessage(), RETRY);
              wakeAt(tracked, clock.instant().plus(RETRY));
              return false;
            });
    if (safe) {
      advance(fault);
    }
  }

  /** Records the next state; when the ledger holds something else, that is taken instead. */
  private void record(Tracked tracked, State next) {
    Entry entry = tracked.entry().in(next);
    Optional<Recorded> written = ledger.replace(tracked.recorded(), entry);
    if (written.isEmpty()) {
      Optional<Recorded> found = ledger.find(tracked.fault);
      // Somebody has removed the entry: the fault is still ours to end.
      written = found.isPresent() ? found : ledger.create(entry);
    }
    tracked.record(
        written.orElseThrow(
            () ->
                ClusterException.unavailable(
                    "ledger entry of fault " + tracked.fault + " comes and goes", null)));
  }

  private void wakeAt(Tracked tracked, Instant when) {
    if (tracked.alarms.floor(when) != null) {
      // That one comes first, and sets the next when it is needed.
      return;
    }
    tracked.alarms.add(when);
    alarm.at(when, () -> executor.execute(() -> woken(tracked.fault, when)));
  }

  private void woken(FaultId fault, Instant when) {
    locked(fault, tracked -> tracked.alarms.remove(when));
    advance(fault);
  }
}
