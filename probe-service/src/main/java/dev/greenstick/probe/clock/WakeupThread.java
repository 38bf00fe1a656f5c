package dev.greenstick.probe.clock;

import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * One thread that sleeps until the next wake-up: timers of an event loop are whole milliseconds,
 * this is good to a tenth of one.
 */
public final class WakeupThread implements Wakeups, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(WakeupThread.class);

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private final PriorityQueue<Wakeup> pending =
      new PriorityQueue<>((a, b) -> Long.signum(a.tickNanos - b.tickNanos));
  private final Thread thread;

  private record Wakeup(long tickNanos, Runnable task) {}

  /** Starts the thread. */
  public WakeupThread(Ticker ticker) {
    this.ticker = ticker;
    this.thread = Thread.ofPlatform().daemon().name("wake-ups").start(this::run);
  }

  @Override
  public void at(long tickNanos, Runnable task) {
    Wakeup wakeup = new Wakeup(tickNanos, task);
    lock.lock();
    try {
      pending.add(wakeup);
      if (pending.peek() == wakeup) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        next().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.error("A wake-up failed; the others go on", e);
      }
    }
  }

  private Runnable next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Wakeup first = pending.peek();
        if (first == null) {
          changed.await();
          continue;
        }
        long left = first.tickNanos - ticker.nanos();
        if (left <= 0) {
          return pending.remove().task;
        }
        changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
