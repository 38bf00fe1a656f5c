package dev.greenstick.scheduler;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.saga.Saga;
import dev.greenstick.scheduler.saga.Signal;
import dev.greenstick.scheduler.saga.Signals;
import dev.greenstick.scheduler.saga.Timeouts;
import dev.greenstick.scheduler.stream.AdmissionStores;
import dev.greenstick.scheduler.stream.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The front door: from settings to the topology that is the whole scheduler, but for its API.
 *
 * <p>Two parts. One is partitioned by key and holds definitions, sagas and timers. The other has a
 * single partition, because admission must see all runs: whatever is due or over passes it in one
 * order.
 */
public final class Scheduler {

  /** The scheduler as CloudEvents' {@code source}. */
  public static final URI SOURCE = URI.create("/scheduler");

  /** Store: experiment to its definition. */
  public static final String DEFINITIONS = "definitions";

  /** Store: offset to the request there, while its experiment is not known. */
  public static final String WAITING = "waiting";

  /** Store: run to the state of its saga. */
  public static final String SAGAS = "sagas";

  /** Store: due instant and run. */
  public static final String TIMERS = "timers";

  /** Store: experiment to its schedule and when it is due next. */
  public static final String SCHEDULES = "schedules";

  /** Store: due instant and experiment. */
  public static final String OCCURRENCES = "occurrences";

  /** Store: experiment, cluster and run, for those that go on. */
  public static final String GOING = "going";

  /** Store: experiment and cluster to the run that takes the place of those that go on. */
  public static final String SUCCESSORS = "successors";

  /** Store: runs that were decided on, for as long as runs are remembered. */
  public static final String DECIDED = "decided";

  /** Store: scope to the halt that is in force. */
  public static final String HALTED = "halted";

  /** Store: cluster and agent to what was heard of it. */
  public static final String AGENTS = "agents-heard";

  /** Internal topic: what is due and what is over, for admission. */
  public static final String ADMISSION = "admission";

  /** What the scheduler said itself has had its effect. */
  private static final List<Class<? extends RunEvent>> OWN_ECHO =
      List.of(StepStarted.class, RunFinished.class, RunAborted.class);

  /** What is seen meanwhile is the verdict's business. */
  private static final List<Class<? extends HealthEvent>> WATCHED_BY_VERDICT =
      List.of(ExpectationsLearned.class, HealthWindow.class, PodHealth.class, AlertObserved.class);

  private final Admission admission;
  private final Saga saga;
  private final Duration remember;
  private final Duration definitionPatience;
  private final Duration tick;
  private final Function<Experiment, List<Problem>> check;
  private final MeterRegistry meters;

  /**
   * @param admission who may run
   * @param timeouts how long runs wait
   * @param tick how often timers are looked at
   * @param check what is wrong with a definition
   * @param meters where to count
   */
  public Scheduler(
      Admission admission,
      Timeouts timeouts,
      Duration tick,
      Function<Experiment, List<Problem>> check,
      MeterRegistry meters) {
    this.admission = Objects.requireNonNull(admission, "admission");
    this.saga = new Saga(timeouts);
    this.remember = timeouts.remember();
    this.definitionPatience = timeouts.definition();
    this.tick = Objects.requireNonNull(tick, "tick");
    this.check = Objects.requireNonNull(check, "check");
    this.meters = Objects.requireNonNull(meters, "meters");
  }

  /** Every topic that must be there before the scheduler starts, but for the command topics. */
  public static List<Topic<?>> reads() {
    return List.of(
        Topics.EXPERIMENTS,
        Topics.REQUESTS,
        Topics.RUNS,
        Topics.FAULTS,
        Topics.HEALTH,
        Topics.VERDICTS,
        Topics.HALTS,
        Topics.AGENTS);
  }

  /** A topology of its own at every call. */
  public Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    Flow flow = new Flow(SOURCE, builder, meters);

    Flow.Due scheduled =
        flow.keepSchedules(
            flow.keepDefinitions(flow.read(Topics.EXPERIMENTS, List.of()), DEFINITIONS, check),
            DEFINITIONS,
            SCHEDULES,
            OCCURRENCES,
            tick);
    flow.tell(scheduled.missed(), "calendar");
    Flow.Taken taken =
        flow.takeRequests(
            flow.events(flow.read(Topics.REQUESTS, List.of()), Topics.REQUESTS),
            DEFINITIONS,
            WAITING,
            definitionPatience,
            tick);

    KStream<String, Signal> signals =
        taken
            .signals()
            .merge(flow.signals(Topics.RUNS, OWN_ECHO, Signals::of), Named.as("with-runs"))
            .merge(flow.signals(Topics.FAULTS, List.of(), Signals::of), Named.as("with-faults"))
            .merge(
                flow.signals(Topics.HEALTH, WATCHED_BY_VERDICT, Signals::of),
                Named.as("with-health"))
            .merge(
                flow.signals(Topics.VERDICTS, List.of(VerdictReached.class), Signals::of),
                Named.as("with-verdicts"));
    Flow.Driven driven = flow.runSagas(signals, SAGAS, TIMERS, saga, tick);
    flow.order(driven.orders());
    flow.tell(driven.told(), "saga");

    KStream<String, Notice> notices =
        flow.toOnePartition(
            taken
                .notices()
                .merge(scheduled.notices(), Named.as("requested-and-scheduled"))
                .merge(driven.notices(), Named.as("due-and-over")),
            ADMISSION);
    flow.tell(
        flow.admit(
            notices,
            flow.read(Topics.HALTS, List.of()),
            flow.read(Topics.AGENTS, List.of()),
            new AdmissionStores(GOING, SUCCESSORS, DECIDED, HALTED, AGENTS),
            remember,
            admission),
        "admission");
    return builder.build();
  }
}
