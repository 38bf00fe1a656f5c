package dev.greenstick.injector.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until it is moved, and a thread that does what is due only then, on the
 * thread that moves it. Tasks may be handed over by any thread.
 */
final class StoppedTime extends AbstractExecutorService
    implements ScheduledExecutorService, InstantSource {

  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(Comparator.comparing(Task<?>::due).thenComparing(Task<?>::order));
  private Instant now;
  private long order;
  private boolean shutdown;

  StoppedTime(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** When the next task is due; empty when there is none. */
  synchronized Optional<Instant> next() {
    return Optional.ofNullable(tasks.peek()).map(Task::due);
  }

  /** Moves the clock, doing on the way what becomes due, each at its instant. */
  void moveTo(Instant until) {
    for (Task<?> next = take(until); next != null; next = take(until)) {
      next.run();
    }
    moveClock(until);
  }

  private synchronized void moveClock(Instant until) {
    now = until.isAfter(now) ? until : now;
  }

  private synchronized Task<?> take(Instant until) {
    if (tasks.isEmpty() || tasks.peek().due().isAfter(until)) {
      return null;
    }
    Task<?> next = tasks.poll();
    moveClock(next.due());
    return next;
  }

  private synchronized <T> Task<T> add(Callable<T> action, Duration delay, Duration period) {
    Task<T> task = new Task<>(action, now.plus(delay), order++, period);
    if (!shutdown) {
      tasks.add(task);
    }
    return task;
  }

  private synchronized void again(Task<?> task) {
    if (!shutdown) {
      tasks.add(task);
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          action.run();
          return null;
        },
        delay,
        unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
    return add(action, Duration.of(delay, unit.toChronoUnit()), null);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable action, long delay, long period, TimeUnit unit) {
    return add(
        () -> {
          action.run();
          return null;
        },
        Duration.of(delay, unit.toChronoUnit()),
        Duration.of(period, unit.toChronoUnit()));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable action, long delay, long period, TimeUnit unit) {
    return scheduleAtFixedRate(action, delay, period, unit);
  }

  @Override
  public void execute(Runnable action) {
    var _ = schedule(action, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
    tasks.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }

  private final class Task<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {

    private final long order;
    private final Duration period;
    private Instant due;

    Task(Callable<T> action, Instant due, long order, Duration period) {
      super(action);
      this.due = due;
      this.order = order;
      this.period = period;
    }

    Instant due() {
      return due;
    }

    long order() {
      return order;
    }

    @Override
    public boolean isPeriodic() {
      return period != null;
    }

    @Override
    public void run() {
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        due = due.plus(period);
        again(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(instant(), due));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
