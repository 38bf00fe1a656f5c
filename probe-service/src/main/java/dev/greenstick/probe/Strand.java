package dev.greenstick.probe;

import dev.greenstick.probe.clock.Wakeups;
import java.util.concurrent.Executor;

/** Where one probe lives: its tasks run one after another, at once or at an instant. */
interface Strand extends Executor, Wakeups {

  /** An executor that others wake: at an instant a task is handed over, and runs in its turn. */
  static Strand wokenBy(Wakeups wakeups, Executor executor) {
    return new Strand() {
      @Override
      public void execute(Runnable task) {
        executor.execute(task);
      }

      @Override
      public void at(long tickNanos, Runnable task) {
        wakeups.at(tickNanos, () -> executor.execute(task));
      }
    };
  }
}
