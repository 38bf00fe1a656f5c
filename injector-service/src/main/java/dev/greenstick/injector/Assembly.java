package dev.greenstick.injector;

import dev.greenstick.injector.cluster.Containers;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.command.Decisions;
import dev.greenstick.injector.fault.Drivers;
import dev.greenstick.injector.leader.Election;
import dev.greenstick.injector.leader.LeaderOnly;
import dev.greenstick.injector.leader.Leadership;
import dev.greenstick.injector.ledger.Ledger;
import dev.greenstick.injector.safety.Fence;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Puts the injector together: clock, threads, drivers; and starts and stops it. */
@Singleton
public class Assembly {

  private static final Logger LOG = Logger.getLogger(Assembly.class);

  /** A process that is told to stop has about three seconds. */
  private static final Duration TO_LET_GO = Duration.ofSeconds(2);

  /** After a sweep that could not look at everything. */
  private static final Duration SWEEP_AGAIN = Duration.ofSeconds(5);

  private final Clock clock = Clock.systemUTC();
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("injector-", 0).factory());
  private final ScheduledExecutorService alarms =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("injector-alarms").daemon().factory());
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean stopped;

  @Produces
  @Singleton
  Clock clock() {
    return clock;
  }

  @Produces
  @Singleton
  Leadership leadership() {
    return new Leadership(clock);
  }

  @Produces
  @Singleton
  @Typed(LeaderOnly.class)
  LeaderOnly cluster(
      Leadership leadership, Pods pods, Resources resources, Containers containers, Ledger ledger) {
    return new LeaderOnly(leadership, pods, resources, containers, ledger);
  }

  @Produces
  @Singleton
  Drivers drivers(Settings settings, LeaderOnly cluster) {
    return new Drivers(
        cluster,
        cluster,
        cluster,
        settings.injector().pauseImage(),
        settings.injector().toolImage().orElse(""));
  }

  @Produces
  @Singleton
  Figures figures(MeterRegistry registry) {
    return new Figures(registry);
  }

  @Produces
  @Singleton
  Injector injector(
      Settings settings,
      Drivers drivers,
      LeaderOnly cluster,
      Outlet outlet,
      Figures figures,
      Leadership leadership) {
    return new Injector(
        new Decisions(settings.cluster(), settings.injector().memory()),
        new Fence(settings.injector().namespaces().orElse(Set.of())),
        settings.injector().limits(),
        drivers,
        cluster,
        cluster,
        outlet,
        this::at,
        executor,
        clock,
        figures,
        leadership::leads,
        settings.injector().dryRun());
  }

  void start(
      @Observes StartupEvent started,
      Settings settings,
      Injector injector,
      Election election,
      Leadership leadership,
      Figures figures) {
    LOG.infof(
        "injector of cluster %s may touch namespaces %s",
        settings.cluster(), settings.injector().namespaces().orElse(Set.of()));
    figures.leads(leadership::leads);
    leadership.whenGained(() -> leads(injector));
    election.start(() -> LOG.debug("elected"), () -> standsBy(injector));
    Future<?> rounds =
        alarms.scheduleWithFixedDelay(
            () -> executor.execute(() -> sweep(injector)),
            settings.injector().sweepEvery().toMillis(),
            settings.injector().sweepEvery().toMillis(),
            TimeUnit.MILLISECONDS);
    LOG.debugf("sweeping every %s: %s", settings.injector().sweepEvery(), rounds);
  }

  private void leads(Injector injector) {
    LOG.info("this injector leads");
    executor.execute(() -> sweep(injector));
  }

  private void standsBy(Injector injector) {
    LOG.info("this injector stands by");
    injector.standDown();
  }

  /**
   * A standby goes on with what a leader leaves to it; without one nobody may be there, and
   * everything is undone.
   */
  void stop(
      @Observes ShutdownEvent stopping,
      Injector injector,
      Election election,
      Leadership leadership) {
    stopped = true;
    if (leadership.leads()) {
      if (election.hasStandby()) {
        LOG.info("the injector that stands by goes on with all faults");
        injector.handOver();
      } else {
        letGo(injector);
      }
    }
    election.leave();
    alarms.shutdownNow();
  }

  private static void letGo(Injector injector) {
    CompletableFuture<Void> done =
        injector.letGo().completeOnTimeout(null, TO_LET_GO.toMillis(), TimeUnit.MILLISECONDS);
    try {
      done.join();
    } catch (RuntimeException e) {
      LOG.warnf("not everything could be let go; the next start will do it: %s", e.getMessage());
    }
  }

  private void sweep(Injector injector) {
    if (!stopped && sweeping.compareAndSet(false, true)) {
      try {
        if (!injector.sweep()) {
          at(clock.instant().plus(SWEEP_AGAIN), () -> executor.execute(() -> sweep(injector)));
        }
      } catch (RuntimeException e) {
        // While the process ends, its connections end under a sweep that still runs.
        if (!stopped) {
          LOG.error("the sweep failed", e);
        }
      } finally {
        sweeping.set(false);
      }
    }
  }

  private void at(Instant when, Runnable task) {
    long millis =
        Math.max(0, Duration.between(clock.instant(), when).plusNanos(999_999).toMillis());
    try {
      Future<?> set = alarms.schedule(task, millis, TimeUnit.MILLISECONDS);
      LOG.tracef("alarm at %s: %s", when, set);
    } catch (RejectedExecutionException e) {
      LOG.debugf("alarm at %s is left to the next start: this process ends", when);
    }
  }
}
