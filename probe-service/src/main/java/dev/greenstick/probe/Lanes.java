package dev.greenstick.probe;

import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.clock.Wakeups;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Event loops that probes are spread over: what runs on one lane runs one after another. */
final class Lanes {

  private final List<Lane> lanes;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * A lane.
   *
   * @param context the context that makes it one
   * @param wakeups runs tasks on it
   */
  record Lane(Context context, Wakeups wakeups) implements Strand {

    @Override
    public void execute(Runnable task) {
      on(context).execute(task);
    }

    @Override
    public void at(long tickNanos, Runnable task) {
      wakeups.at(tickNanos, task);
    }
  }

  /**
   * Takes {@code count} contexts of their own; waits until they are there.
   *
   * @param wakeups wakes lanes whose event loop keeps time by the millisecond only
   */
  Lanes(Vertx vertx, int count, Ticker ticker, Wakeups wakeups) {
    Queue<Lane> taken = new ConcurrentLinkedQueue<>();
    vertx
        .deployVerticle(
            () ->
                new AbstractVerticle() {
                  @Override
                  public void start() {
                    taken.add(
                        new Lane(
                            context,
                            vertx.isNativeTransportEnabled()
                                ? byItself(context, ticker)
                                : Strand.wokenBy(wakeups, on(context))));
                  }
                },
            new DeploymentOptions().setInstances(count))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    this.lanes = List.copyOf(taken);
  }

  private static Executor on(Context context) {
    return task -> context.runOnContext(later -> task.run());
  }

  /**
   * An event loop over the system's own timers wakes up to the microsecond, and needs no other
   * thread to be woken and to wake it.
   */
  private static Wakeups byItself(Context context, Ticker ticker) {
    ContextInternal internal = (ContextInternal) context;
    return (tickNanos, task) -> {
      var unused =
          internal
              .nettyEventLoop()
              .schedule(
                  () -> internal.dispatch(task),
                  Math.max(0, tickNanos - ticker.nanos()),
                  TimeUnit.NANOSECONDS);
    };
  }

  /** One lane after another. */
  Lane next() {
    return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
  }
}
