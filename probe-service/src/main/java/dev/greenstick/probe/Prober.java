package dev.greenstick.probe;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeFinished.Cause;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.access.Accesses;
import dev.greenstick.probe.access.SecretFiles;
import dev.greenstick.probe.access.kubernetes.KubernetesSecrets;
import dev.greenstick.probe.alert.AlertLedger;
import dev.greenstick.probe.alert.AlertLooks;
import dev.greenstick.probe.alert.Told;
import dev.greenstick.probe.alert.http.RestAlertSource;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.clock.WakeupThread;
import dev.greenstick.probe.command.CommandTaker;
import dev.greenstick.probe.command.Commands;
import dev.greenstick.probe.command.Decision;
import dev.greenstick.probe.command.Limits;
import dev.greenstick.probe.emit.Heartbeats;
import dev.greenstick.probe.emit.Outbox;
import dev.greenstick.probe.emit.kafka.KafkaEvents;
import dev.greenstick.probe.input.Inputs;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.http.ClientOptions;
import dev.greenstick.probe.resume.Interrupted;
import dev.greenstick.probe.resume.Recollection;
import dev.greenstick.probe.resume.Records;
import dev.greenstick.probe.watch.PodWatches;
import dev.greenstick.probe.watch.kubernetes.KubernetesPodWatches;
import dev.greenstick.probe.window.Windows;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The probe of one cluster: takes the commands of its topic, and for each run paces, predicts,
 * records and emits.
 */
@Startup
@ApplicationScoped
public class Prober implements CommandTaker {

  private static final Logger LOG = Logger.getLogger(Prober.class);

  private static final int EVENTS_IN_FLIGHT = 256;
  private static final int RUNS_REMEMBERED = 10_000;

  private final Ticker ticker = System::nanoTime;
  private final InstantSource wall = Clock.systemUTC();
  private final WakeupThread wakeups = new WakeupThread(ticker);

  private final ExecutorService desk =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("windows").factory());

  private final Settings.Probing settings;
  private final URI source;
  private final Preparation preparation;
  private final Vertx vertx;
  private final Lanes lanes;
  private final Transports transports;
  private final PodWatches watches;
  private final Outbox outbox;
  private final Heartbeats heartbeats;
  private final ProbeMetrics metrics;
  private final Resumption resumption;
  private final Map<RunId, ProbeRun> runs = new ConcurrentHashMap<>();
  // Guarded by this: commands are read one after another, but stopping comes from elsewhere.
  private final Commands commands;
  private boolean stopping;

  Prober(
      Settings settings,
      @ConfigProperty(name = "quarkus.application.version") String version,
      KubernetesClient kubernetes,
      KafkaEvents kafka,
      Records records,
      MeterRegistry registry) {
    ClusterName cluster = settings.cluster();
    this.settings = settings.probe();
    this.source = settings.source();
    // Event loops of its own: on Quarkus' the Kubernetes client reads pods, and predictions would
    // wait for that.
    this.vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(loops()).setPreferNativeTransport(true));
    this.lanes = new Lanes(vertx, loops(), ticker, wakeups);
    this.transports = new Transports(vertx, ticker, this.settings);
    KubernetesPodWatches podWatches = new KubernetesPodWatches(kubernetes, wall);
    this.watches = podWatches;
    this.commands = new Commands(cluster, limits(this.settings.limits()), RUNS_REMEMBERED);
    this.outbox =
        new Outbox(this.settings.outbox(), EVENTS_IN_FLIGHT, kafka::health, () -> metrics().lost());
    this.metrics = new ProbeMetrics(registry, runs::size, outbox::size);
    this.heartbeats =
        new Heartbeats(
            source,
            at -> heartbeat(cluster, settings.probe().agent(), version, at),
            this.settings.heartbeatEvery(),
            kafka::agents,
            ticker,
            wakeups,
            wall);
    this.preparation =
        new Preparation(
            new Inputs(
                this.settings.inputs().directory(),
                this.settings.inputs().bytes(),
                this.settings.inputs().lines()),
            new Accesses(
                new KubernetesSecrets(kubernetes, this.settings.secrets().namespace()),
                new SecretFiles(this.settings.secrets().directory()),
                tls -> ClientOptions.problem(vertx, tls)));
    podWatches.rehearse();
    new Rehearsal(vertx, ticker, wall)
        .hold(cluster, lanes::next, (probe, lane) -> transports.of(probe, lane, Access.PLAIN));
    heartbeats.start();
    this.resumption = new Resumption(records, this.settings.limits().longest(), wall, this::goOn);
    resumption.start();
  }

  private static int loops() {
    return Runtime.getRuntime().availableProcessors();
  }

  private ProbeMetrics metrics() {
    return metrics;
  }

  private static Limits limits(Settings.Limits limits) {
    return new Limits(
        limits.probes(), limits.rate(), limits.timeout(), limits.inFlight(), limits.longest());
  }

  private static AgentHeartbeat heartbeat(
      ClusterName cluster, String agent, String version, Instant at) {
    List<String> capabilities =
        Arrays.stream(ServingProtocol.values())
            .map(protocol -> Json.mapper().convertValue(protocol, String.class))
            .toList();
    return new AgentHeartbeat(cluster, agent, AgentHeartbeat.Kind.PROBE, version, capabilities, at);
  }

  @Override
  public void take(Command command) {
    // What an earlier process had begun comes first: this may be a command that it knew.
    resumption.await();
    carryOut(command);
  }

  private synchronized void goOn(Recollection past) {
    Instant now = wall.instant();
    past.done().forEach(commands::recall);
    for (Interrupted interrupted : past.interrupted(now)) {
      commands.recall(interrupted.command());
      goOn(interrupted);
    }
    past.unheardOf(now).forEach(this::carryOut);
  }

  private void goOn(Interrupted interrupted) {
    RunClock clock = RunClock.startedAt(interrupted.startedAt(), ticker, wall);
    if (interrupted.windowsWhenStopped().isPresent()) {
      close(interrupted, interrupted.windowsWhenStopped().getAsInt(), Cause.COMMANDED);
      return;
    }
    RunId run = interrupted.command().run().id();
    int first = Math.max(0, Windows.indexAt(clock.offsetNanos() + settings.lead().toNanos())) + 1;
    switch (preparation.of(interrupted.command())) {
      case Preparation.Result.Lacking(List<Problem> problems) -> {
        LOG.errorf("Run %s: cannot go on: %s", run, problems);
        close(interrupted, first, Cause.SHUTDOWN);
      }
      case Preparation.Result.Ready ready -> {
        LOG.warnf("Run %s: goes on with window %d, what was missed stays missing", run, first);
        begin(ready, clock, new Beginning(first, interrupted.learned()));
      }
    }
  }

  private void close(Interrupted interrupted, int windows, Cause cause) {
    ProbeFinished closed = interrupted.closed(windows, cause);
    LOG.warnf("Run %s: was over before it could go on", closed.run().id());
    emit(closed.finishedAt(), closed);
  }

  private synchronized void carryOut(Command command) {
    Decision decision = commands.decide(command, wall.instant());
    metrics.command(decision.getClass().getSimpleName());
    switch (decision) {
      case Decision.Start(ProbeStart start) -> start(start);
      case Decision.Stop(RunRef run) -> stop(run);
      case Decision.Refuse(RunRef run, List<Problem> problems) -> refuse(run, problems);
      case Decision.Ignore(String because) ->
          LOG.debugf("Run %s: command ignored: %s", command.run().id(), because);
      case Decision.Conflict(RunRef run, String because) ->
          LOG.warnf("Run %s: conflicting command left undone: %s", run.id(), because);
    }
  }

  private void start(ProbeStart start) {
    if (stopping) {
      refuse(start.run(), List.of(new Problem("", "the probe is shutting down")));
      return;
    }
    switch (preparation.of(start)) {
      case Preparation.Result.Lacking(List<Problem> problems) -> refuse(start.run(), problems);
      case Preparation.Result.Ready ready ->
          begin(ready, RunClock.startingIn(settings.lead(), ticker, wall), Beginning.FRESH);
    }
  }

  private void begin(Preparation.Result.Ready ready, RunClock clock, Beginning beginning) {
    ProbeStart start = ready.start();
    Map<ProbeName, Access> all = ready.accesses();
    RunRef reference = start.run();
    ProbeRun run =
        new ProbeRun(
            start,
            beginning,
            clock,
            settings.lateness(),
            this::emit,
            desk,
            lanes::next,
            (probe, lane) -> transports.of(probe, lane, all.get(probe.name())));
    runs.put(reference.id(), run);
    var unused =
        run.ended()
            .thenAccept(
                cause -> {
                  runs.remove(reference.id());
                  LOG.infof("Run %s: probes finished, %s", reference.id(), cause);
                });
    run.start(
        start,
        watches,
        (command, at, isFresh, changed) -> alerts(command, ready.alerts(), at, isFresh, changed));
    LOG.infof("Run %s: %d probes started", reference.id(), start.probes().size());
    new ReadinessRound(
            vertx,
            metrics,
            lanes::next,
            (probe, lane) -> transports.of(probe, lane, all.get(probe.name())))
        .ask(reference, start.probes());
  }

  private AlertLooks alerts(
      ProbeStart start,
      List<Access> access,
      RunClock clock,
      boolean isFresh,
      BiConsumer<Instant, AlertObserved> changed) {
    return new AlertLooks(
        start.alerts(),
        new AlertLedger(start.run(), start.alerts(), clock.startedAt(), isFresh),
        new RestAlertSource(start.alerts(), access, RestAlertSource.PATIENCE),
        clock,
        wakeups,
        changed);
  }

  /** Takes in what somebody tells of alerts, for every run that looks for some. */
  void told(Told told) {
    runs.values().forEach(run -> run.told(told));
  }

  private void stop(RunRef run) {
    ProbeRun going = runs.get(run.id());
    if (going == null) {
      LOG.infof("Run %s: stopped after it had ended", run.id());
    } else {
      going.stop(Cause.COMMANDED);
    }
  }

  private void refuse(RunRef run, List<Problem> problems) {
    LOG.warnf("Run %s: probes refused: %s", run.id(), problems);
    emit(wall.instant(), new ProbeRefused(run, problems));
  }

  private void emit(Instant at, HealthEvent event) {
    if (event instanceof HealthWindow window) {
      metrics.window(window);
    }
    outbox.emit(Event.of(source, at, event));
  }

  /** The runs whose pods are to be watched and for now are not, with why. */
  Map<RunId, String> runsWithoutPods() {
    Map<RunId, String> without = new TreeMap<>();
    runs.forEach((id, run) -> run.watchProblem().ifPresent(why -> without.put(id, why)));
    return without;
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    synchronized (this) {
      stopping = true;
    }
    heartbeats.stop();
    resumption.stop();
    List<ProbeRun> going = List.copyOf(runs.values());
    going.forEach(run -> run.stop(Cause.SHUTDOWN));
    if (!ended(going, settings.shutdown().finish())) {
      going.forEach(ProbeRun::cut);
      var unused = ended(going, settings.shutdown().flush());
    }
    if (!outbox.awaitEmpty(settings.shutdown().flush())) {
      LOG.errorf("%d events are lost: the broker did not take them in time", outbox.size());
    }
    wakeups.close();
    desk.shutdown();
    var unused = vertx.close();
  }

  private static boolean ended(List<ProbeRun> runs, Duration patience) throws InterruptedException {
    try {
      var unused =
          CompletableFuture.allOf(
                  runs.stream().map(ProbeRun::ended).toArray(CompletableFuture<?>[]::new))
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for the end of runs failed", e);
    }
  }
}
