package dev.greenstick.sandbox.kubelet;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One probe of one run of a container, period by period. Lives on the kubelet's thread. */
final class ProbeLoop {

  private final Probe probe;
  private final Prober prober;
  private final String podIp;
  private final Executor thread;
  private final Consumer<Boolean> outcome;
  private final Consumer<String> failure;
  private ScheduledFuture<?> ticks;
  private boolean asking;
  private boolean stopped;
  private int successes;
  private int failures;

  /**
   * @param outcome told whenever a threshold is reached: healthy or not
   * @param failure told of every failure, with its message
   */
  ProbeLoop(
      Probe probe,
      Prober prober,
      String podIp,
      Executor thread,
      Consumer<Boolean> outcome,
      Consumer<String> failure) {
    this.probe = probe;
    this.prober = prober;
    this.podIp = podIp;
    this.thread = thread;
    this.outcome = outcome;
    this.failure = failure;
  }

  void start(ScheduledExecutorService scheduler) {
    ticks =
        scheduler.scheduleAtFixedRate(
            () -> thread.execute(this::tick),
            probe.initialDelay().toMillis(),
            probe.period().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (asking || stopped) {
      return;
    }
    asking = true;
    var _ =
        prober
            .ask(probe, podIp)
            .thenAcceptAsync(
                problem -> {
                  asking = false;
                  if (!stopped) {
                    judge(problem);
                  }
                },
                thread);
  }

  private void judge(Optional<String> problem) {
    if (problem.isEmpty()) {
      failures = 0;
      successes++;
      if (successes >= probe.successThreshold()) {
        outcome.accept(true);
      }
      return;
    }
    successes = 0;
    failures++;
    failure.accept(problem.get());
    if (failures >= probe.failureThreshold()) {
      outcome.accept(false);
    }
  }

  void stop() {
    stopped = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
  }
}
