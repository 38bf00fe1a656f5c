package dev.greenstick.probe.emit;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Events in the order in which they were emitted, waiting for the broker for as long as it takes.
 *
 * <p>Memory is bounded: beyond {@code most} waiting events, measurements (windows, pods, alerts)
 * are given up, the newest first, counted and logged once, until there is room again. That a run's
 * probes started, were refused or finished is never given up; such events are three a run at most,
 * and the finish says how many windows there should be, so that a gap shows. Safe for many threads;
 * never blocks, but for {@link #awaitEmpty}.
 */
public final class Outbox {

  private static final Logger LOG = Logger.getLogger(Outbox.class);

  /** Takes an event to the broker, keeping the order of its calls. */
  @FunctionalInterface
  public interface Sending {

    /** Completes when the broker has the event; fails when it never will. */
    CompletionStage<?> send(Event<? extends HealthEvent> event);
  }

  private final int most;
  private final int mostInFlight;
  private final Sending sending;
  private final Runnable lost;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition emptied = lock.newCondition();
  // Guarded by lock.
  private final Queue<Event<? extends HealthEvent>> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean full;

  /**
   * @param most how many measurements wait at most
   * @param mostInFlight how many events are handed to {@code sending} at once
   * @param lost called for each event that is given up
   */
  public Outbox(int most, int mostInFlight, Sending sending, Runnable lost) {
    this.most = most;
    this.mostInFlight = mostInFlight;
    this.sending = sending;
    this.lost = lost;
  }

  /** Puts an event in line. */
  public void emit(Event<? extends HealthEvent> event) {
    lock.lock();
    try {
      if (waiting.size() >= most && isMeasurement(event.data())) {
        giveUp(event);
        return;
      }
      waiting.add(event);
      pump();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isMeasurement(HealthEvent event) {
    return switch (event) {
      case HealthWindow window -> true;
      case PodHealth pod -> true;
      case AlertObserved alert -> true;
      case ProbeStarted started -> false;
      case ProbeRefused refused -> false;
      case ExpectationsLearned learned -> false;
      case ProbeFinished finished -> false;
    };
  }

  private void giveUp(Event<? extends HealthEvent> event) {
    lost.run();
    if (!full) {
      full = true;
      LOG.errorf(
          "%d events wait for the broker: measurements are given up from here on, beginning with %s of run %s",
          waiting.size(), event.type(), event.data().key());
    }
  }

  /** Sends what may be sent; called with the lock. */
  private void pump() {
    while (inFlight < mostInFlight && !waiting.isEmpty()) {
      Event<? extends HealthEvent> event = waiting.remove();
      inFlight++;
      sending.send(event).whenComplete((done, failure) -> sent(event, failure));
    }
    if (full && waiting.size() < most) {
      full = false;
      LOG.info("There is room for events again");
    }
    if (inFlight == 0) {
      emptied.signalAll();
    }
  }

  private void sent(Event<? extends HealthEvent> event, Throwable failure) {
    lock.lock();
    try {
      inFlight--;
      if (failure != null) {
        lost.run();
        LOG.errorf(
            failure, "Event %s of run %s cannot be written", event.type(), event.data().key());
      }
      pump();
    } finally {
      lock.unlock();
    }
  }

  /** How many events the broker does not have yet. */
  public int size() {
    lock.lock();
    try {
      return waiting.size() + inFlight;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the broker has every event.
   *
   * @return false when it has not after {@code patience}
   */
  public boolean awaitEmpty(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (inFlight > 0 || !waiting.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = emptied.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
