package dev.greenstick.probe;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Event loops that probes are spread over: what runs on one lane runs one after another. */
final class Lanes {

  private final List<Lane> lanes;
  private final AtomicInteger next = new AtomicInteger();

  /** A lane, and the context that makes it one. */
  record Lane(Context context) implements Executor {

    @Override
    public void execute(Runnable task) {
      context.runOnContext(later -> task.run());
    }
  }

  /** Takes {@code count} contexts of their own; waits until they are there. */
  Lanes(Vertx vertx, int count) {
    Queue<Lane> taken = new ConcurrentLinkedQueue<>();
    vertx
        .deployVerticle(
            () ->
                new AbstractVerticle() {
                  @Override
                  public void start() {
                    taken.add(new Lane(context));
                  }
                },
            new DeploymentOptions().setInstances(count))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    this.lanes = List.copyOf(taken);
  }

  /** One lane after another. */
  Lane next() {
    return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
  }
}
