package dev.greenstick.injector.leader;

import dev.greenstick.injector.cluster.ClusterException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this injector leads, by its own clock: a lease that was not renewed in time is over, even
 * when the process was paused and nobody could tell it. Safe for many threads.
 */
public final class Leadership {

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Instant until = Instant.MIN;
  private volatile Runnable gained = () -> {};

  public Leadership(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Called whenever it leads and did not before: also when it was only late to renew, since it has
   * let go meanwhile of what it did. Quick.
   */
  public void whenGained(Runnable action) {
    gained = action;
  }

  /** It leads, and until then nobody else does. */
  public void holds(Instant upTo) {
    lock.lock();
    boolean before = leads();
    try {
      until = upTo;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!before) {
      gained.run();
    }
  }

  /** It does not lead any more. */
  public void lost() {
    until = Instant.MIN;
  }

  /** Whether it leads now. */
  public boolean leads() {
    return clock.instant().isBefore(until);
  }

  /**
   * To be called just before every call that changes something.
   *
   * @param what the call
   * @throws ClusterException when it does not lead
   */
  public void require(String what) {
    if (!leads()) {
      throw ClusterException.unavailable(what + ": left to the injector that leads now", null);
    }
  }

  /** Whether it leads; waits for it, but not longer than this. */
  public boolean await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!leads() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return leads();
    } finally {
      lock.unlock();
    }
  }
}
