package dev.greenstick.verdict.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Partitions side by side; the first that fails ends all. */
final class Lanes {

  private Lanes() {}

  /** What is done with one partition. */
  interface Work<T> {

    T on(int partition) throws RecordingException, InterruptedException;
  }

  /** What came of each, in no order. */
  static <T> List<T> each(Collection<Integer> partitions, int parallel, Work<T> work)
      throws RecordingException, InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(parallel, partitions.size())),
            Thread.ofPlatform().name("replay-", 0).daemon().factory())) {
      ExecutorCompletionService<T> running = new ExecutorCompletionService<>(threads);
      try {
        for (int partition : partitions) {
          var unused = running.submit(() -> work.on(partition));
        }
        List<T> results = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
          results.add(running.take().get());
        }
        return results;
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RecordingException failed -> throw failed;
          case InterruptedException interrupted -> throw interrupted;
          case RuntimeException failed -> throw failed;
          case Error failed -> throw failed;
          default -> throw new IllegalStateException(e.getCause());
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
