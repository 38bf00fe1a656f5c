package dev.greenstick.probe;

import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.clock.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** Time that passes only when nothing is left to do at its present instant. */
final class VirtualTime implements Ticker, Wakeups, InstantSource {

  static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private record Task(long at, long order, Runnable what) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
  private long now;
  private long order;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(now);
  }

  @Override
  public void at(long tickNanos, Runnable task) {
    tasks.add(new Task(Math.max(now, tickNanos), order++, task));
  }

  void in(long nanos, Runnable task) {
    at(now + nanos, task);
  }

  /** Runs everything, and everything that follows from it. */
  void runToTheEnd(long mostSteps) {
    for (long step = 0; !tasks.isEmpty(); step++) {
      if (step == mostSteps) {
        throw new AssertionError("still busy after " + mostSteps + " steps at " + instant());
      }
      Task next = tasks.remove();
      now = next.at;
      next.what.run();
    }
  }
}
