package dev.greenstick.command;

import dev.greenstick.command.follow.RunFollower;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunFinished;
import java.time.Duration;

/**
 * On a cluster that outlives the demo: when the demo is interrupted, its run is aborted and the
 * fault taken back before the injector is stopped.
 */
final class TakeBack implements Runnable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_POLLS = 150;

  private final SchedulerApi scheduler;
  private final RunId run;
  private final String bootstrapServers;

  TakeBack(SchedulerApi scheduler, RunId run, String bootstrapServers) {
    this.scheduler = scheduler;
    this.run = run;
    this.bootstrapServers = bootstrapServers;
  }

  @Override
  public void run() {
    System.err.println("Aborting the run and taking its fault back");
    try {
      scheduler.abort(run, "the demo was interrupted");
      if (!ends()) {
        System.err.println(
            "The run did not end in time: look at the namespace's pods, their images may be changed");
      }
    } catch (CouldNotRun e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ends() {
    try (RunFollower follower = new RunFollower(bootstrapServers)) {
      for (int i = 0; i < MOST_POLLS; i++) {
        for (Event<? extends RunData> event : follower.next(run, POLL)) {
          if (event.data() instanceof RunFinished) {
            return true;
          }
          if (event.data() instanceof RunAborted aborted) {
            return aborted.faultsReverted();
          }
        }
      }
      return false;
    }
  }
}
