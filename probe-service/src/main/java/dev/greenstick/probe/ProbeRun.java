package dev.greenstick.probe;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeFinished.Cause;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.alert.AlertLooks;
import dev.greenstick.probe.alert.AlertWatches;
import dev.greenstick.probe.alert.Told;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.emit.HealthEvents;
import dev.greenstick.probe.pace.Pace;
import dev.greenstick.probe.predict.Conversation;
import dev.greenstick.probe.predict.Protocol;
import dev.greenstick.probe.predict.RightAnswers;
import dev.greenstick.probe.predict.Transport;
import dev.greenstick.probe.watch.PodWatch;
import dev.greenstick.probe.watch.PodWatches;
import dev.greenstick.probe.window.CompleteWindow;
import dev.greenstick.probe.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The probes of one run, each on a lane of its own, and the watch over its pods. Emits that they
 * started, every window, every change of a pod, and that they finished, in an order in which the
 * start is the first and the finish the last. Its methods may be called from any thread.
 */
final class ProbeRun {

  private static final Logger LOG = Logger.getLogger(ProbeRun.class);

  private final RunRef run;
  private final Beginning beginning;
  private final RunClock clock;
  private final Duration lateness;
  private final HealthEvents events;
  private final Executor desk;
  private final List<Loop> loops = new ArrayList<>();
  private final Map<ProbeName, Integer> finished = new ConcurrentHashMap<>();
  private final AtomicReference<Cause> cause = new AtomicReference<>(Cause.LONGEST_ELAPSED);
  private final AtomicBoolean finishing = new AtomicBoolean();
  private final CompletableFuture<Cause> ended = new CompletableFuture<>();
  private volatile Optional<PodWatch> watch = Optional.empty();
  private volatile Optional<AlertLooks> alerts = Optional.empty();

  /**
   * @param beginning where it begins
   * @param lateness a window in which something was sent later by more is marked as late
   * @param desk writes windows down, one after another, so that no lane waits for that
   * @param lanes gives each probe the strand that it lives on
   * @param transports gives each probe its connections, for use on its lane alone
   */
  ProbeRun(
      ProbeStart command,
      Beginning beginning,
      RunClock clock,
      Duration lateness,
      HealthEvents events,
      Executor desk,
      Supplier<? extends Strand> lanes,
      BiFunction<Probe, Strand, Transport> transports) {
    this.run = command.run();
    this.beginning = beginning;
    this.clock = clock;
    this.lateness = lateness;
    this.events = events;
    this.desk = desk;
    int most = Math.toIntExact(Math.ceilDiv(command.longest().toNanos(), Windows.NANOS));
    for (Probe probe : command.probes()) {
      Strand lane = lanes.get();
      // Probes take turns: at the same instants they would be a burst that nobody asked for.
      double phase = (double) loops.size() / command.probes().size();
      Pace pace = Pace.of(probe, phase);
      loops.add(
          new Loop(probe, pace, lane, transports.apply(probe, lane), most, baseline(command)));
    }
  }

  /** Where nobody says how long the baseline is, nothing can be learned in it. */
  private static Duration baseline(ProbeStart command) {
    return command.baseline() == null ? Duration.ZERO : command.baseline();
  }

  RunRef run() {
    return run;
  }

  /** Begins; pods and alerts are watched from now on too. */
  void start(ProbeStart command, PodWatches watches, AlertWatches alertWatches) {
    if (beginning.isFresh()) {
      events.emit(
          clock.startedAt(),
          new ProbeStarted(
              run, clock.startedAt(), command.probes().stream().map(Probe::name).toList()));
    }
    if (!command.alerts().isEmpty()) {
      AlertLooks looks =
          alertWatches.over(command, clock, beginning.isFresh(), (at, alert) -> tell(at, alert));
      alerts = Optional.of(looks);
      looks.start();
    }
    // First the probes: their first instant does not wait for a watch, which may take seconds.
    loops.forEach(loop -> loop.lane.execute(loop::turn));
    if (!command.watch().isEmpty()) {
      watch =
          Optional.of(
              watches.over(run, command.watch(), change -> events.emit(change.at(), change)));
      if (ended.isDone()) {
        watch.ifPresent(PodWatch::close);
      }
    }
  }

  /** On the desk, as all that is emitted between the start and the finish. */
  private void tell(Instant at, AlertObserved alert) {
    desk.execute(() -> events.emit(at, alert));
  }

  /** Takes in what somebody tells of alerts; nothing where the run looks for none. */
  void told(Told told) {
    alerts.ifPresent(looks -> looks.told(told));
  }

  /** Finishes the windows that were begun; the first cause counts. */
  void stop(Cause why) {
    if (cause.compareAndSet(Cause.LONGEST_ELAPSED, why)) {
      loops.forEach(loop -> loop.lane.execute(loop::stop));
    }
  }

  /** Ends now, without the windows that are not complete. */
  void cut() {
    loops.forEach(loop -> loop.lane.execute(loop.asking::cut));
  }

  /** Completes once the finish is emitted, with why it ended. */
  CompletableFuture<Cause> ended() {
    return ended;
  }

  /** Why the pods, where some are to be watched, are not; empty while all is well. */
  Optional<String> watchProblem() {
    return watch.flatMap(PodWatch::problem);
  }

  private void finished(ProbeName probe, int windows) {
    finished.put(probe, windows);
    if (finished.size() < loops.size() || !finishing.compareAndSet(false, true)) {
      return;
    }
    watch.ifPresent(PodWatch::close);
    AlertWatch watched = alerts.map(AlertLooks::close).orElse(null);
    int last = finished.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    var finishedAt = clock.startedAt().plusSeconds(last);
    desk.execute(
        () -> {
          events.emit(
              finishedAt, new ProbeFinished(run, finishedAt, finished, cause.get(), watched));
          ended.complete(cause.get());
        });
  }

  /** One probe on its lane. */
  private final class Loop implements Asking.Listener {

    private final ProbeName probe;
    private final Strand lane;
    private final Asking asking;
    private final Duration baseline;
    // On the lane only: the offset of the wake-up that counts.
    private long wakeup = Asking.NEVER;

    Loop(
        Probe probe,
        Pace pace,
        Strand lane,
        Transport transport,
        int mostWindows,
        Duration baseline) {
      Conversation conversation =
          Protocol.of(probe.protocol()).with(probe, run.id() + "-" + probe.name() + "-");
      this.baseline = baseline;
      RightAnswers rightAnswers = new RightAnswers(probe, conversation::form, baseline.toNanos());
      Optional.ofNullable(beginning.learned().get(probe.name())).ifPresent(rightAnswers::restore);
      this.probe = probe.name();
      this.lane = lane;
      this.asking =
          new Asking(
              clock,
              pace,
              probe,
              conversation,
              rightAnswers,
              transport,
              new Windows(
                  run, probe.name(), clock.startedAt(), pace, lateness, beginning.firstWindow()),
              mostWindows,
              this);
    }

    void turn() {
      long due;
      try {
        due = asking.turn();
      } catch (RuntimeException e) {
        LOG.errorf(e, "Run %s: probe %s fails and ends", run.id(), probe);
        asking.cut();
        return;
      }
      if (due < wakeup) {
        wakeup = due;
        lane.at(clock.tickAt(due), () -> wake(due));
      }
    }

    private void wake(long due) {
      if (due == wakeup) {
        wakeup = Asking.NEVER;
        turn();
      }
    }

    void stop() {
      asking.stop();
      turn();
    }

    @Override
    public void window(CompleteWindow complete) {
      desk.execute(
          () -> {
            HealthWindow window = complete.written();
            events.emit(window.start().plusSeconds(1), window);
          });
    }

    @Override
    public void learned(RightAnswers.Lesson lesson) {
      Instant learnedAt = clock.startedAt().plus(baseline);
      desk.execute(
          () ->
              events.emit(
                  learnedAt,
                  new ExpectationsLearned(
                      run,
                      probe,
                      learnedAt,
                      lesson.requests(),
                      lesson.learned(),
                      lesson.unstable())));
    }

    @Override
    public void finished(int windows) {
      ProbeRun.this.finished(probe, windows);
    }
  }
}
