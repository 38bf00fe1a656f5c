package dev.greenstick.sandbox.controller;

import dev.greenstick.sandbox.storage.Refusal;
import dev.greenstick.sandbox.storage.ResourceType;
import dev.greenstick.sandbox.storage.Store;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a controller some time after anything that it looks at has changed: many changes, one run. A
 * controller looks at the state and not at the change, so a run too many does no harm.
 */
public final class ControlLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
  private static final Duration RETRY = Duration.ofMillis(200);

  private final ScheduledExecutorService thread;
  private final Duration delay;
  private final Runnable controller;
  private final AtomicBoolean due = new AtomicBoolean();
  private final Store.Subscription subscription;

  /** For kinds that are listed. */
  public ControlLoop(
      Store store,
      ScheduledExecutorService thread,
      Duration delay,
      Set<ResourceType> kinds,
      Runnable controller) {
    this(store, thread, delay, (Predicate<ResourceType>) kinds::contains, controller);
  }

  /**
   * @param thread on which the controller runs
   * @param delay from a change to the run
   * @param kinds whose changes cause a run
   */
  public ControlLoop(
      Store store,
      ScheduledExecutorService thread,
      Duration delay,
      Predicate<ResourceType> kinds,
      Runnable controller) {
    this.thread = thread;
    this.delay = delay;
    this.controller = controller;
    this.subscription =
        store.watch(
            store.version(),
            change -> {
              if (kinds.test(change.key().type())) {
                request(delay);
              }
            });
    request(Duration.ZERO);
  }

  /** Has the controller run without a change. */
  public void request() {
    request(delay);
  }

  private void request(Duration after) {
    if (due.compareAndSet(false, true)) {
      try {
        var _ = thread.schedule(this::run, after.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        due.set(true);
      }
    }
  }

  private void run() {
    due.set(false);
    try {
      controller.run();
    } catch (Refusal refusal) {
      LOG.debug("{} tries again: {}", controller, refusal.getMessage());
      request(RETRY);
    } catch (RuntimeException e) {
      LOG.error("{} failed and tries again at the next change", controller, e);
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
