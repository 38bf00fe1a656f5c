package dev.greenstick.probe;

import dev.greenstick.probe.resume.Recollection;
import dev.greenstick.probe.resume.Records;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Finds out once what an earlier process had begun, on a thread of its own and for as long as it
 * takes the broker to be there. Safe for many threads.
 */
final class Resumption {

  private static final Logger LOG = Logger.getLogger(Resumption.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final Records records;
  private final Duration longest;
  private final InstantSource wall;
  private final Consumer<Recollection> found;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("recollection").factory());

  /**
   * @param longest how long a run may last
   * @param found told once what was going on
   */
  Resumption(Records records, Duration longest, InstantSource wall, Consumer<Recollection> found) {
    this.records = records;
    this.longest = longest;
    this.wall = wall;
    this.found = found;
  }

  /** Begins to look. */
  void start() {
    thread.execute(this::look);
  }

  /** Returns when it has been told what was going on. */
  void await() {
    over.join();
  }

  /** Looks no further. */
  void stop() {
    thread.shutdownNow();
    over.complete(null);
  }

  private void look() {
    try {
      found.accept(records.recall(longest, wall.instant()));
      over.complete(null);
    } catch (Records.Away e) {
      LOG.debugf("What was going on is not known yet: %s", e);
      var unused = thread.schedule(this::look, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      LOG.error("What was going on cannot be made out: interrupted runs stay as they are", e);
      over.complete(null);
    }
  }
}
