package dev.greenstick.contracts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.ExperimentReader;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultRehearsed;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.halt.HaltLifted;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.request.AbortRequested;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.Judgement;
import dev.greenstick.contracts.verdict.StopConditionBreached;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The one vocabulary of fixtures: one run on one morning, told once in every event there is. The
 * same values every time, so that a test may compare what it makes of them.
 */
public final class Examples {

  /** When the run was requested. */
  public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  public static final ClusterName CLUSTER = new ClusterName("local");
  public static final ExperimentName EXPERIMENT = new ExperimentName("one-pod-fails");
  public static final RunRef RUN = RunRef.of(EXPERIMENT, CLUSTER, START);
  public static final StepName STEP = new StepName("pod-failure");
  public static final ProbeName PROBE = new ProbeName("predictions");
  public static final FaultId FAULT = FaultId.of(RUN.id(), STEP, 0, 0);
  public static final PodRef POD =
      new PodRef("default", "crescents-6c9f7-x2x4p", "5f1c8e0a-97c4-4d4c-a5a2-6a0f1c2b7e11");

  /** The experiment as a user writes it. */
  public static final String DOCUMENT =
      """
      apiVersion: greenstick.dev/v1
      kind: Experiment
      metadata:
        name: one-pod-fails
        labels:
          team: vision
      spec:
        clusters: [local]
        probes:
          - url: http://127.0.0.1:8000
            model: crescents
            requests:
              - inputs: [{name: point, shape: [1, 2], datatype: FP64, data: [0.099, 0.274]}]
                expect: {label: [O]}
              - inputs: [{name: point, shape: [1, 2], datatype: FP64, data: [-0.57, 0.747]}]
                expect: {label: [X]}
        hypothesis:
          steadyState:
            - baseline.availability >= 0.99
          assertions:
            - fault.availability >= 0.95
            - fault.latency.p99 <= 2.0 * baseline.latency.p99
            - recovery.time <= duration('30s')
          stopConditions:
            - fault.availability < 0.2
        steps:
          - name: pod-failure
            branches:
              - actions:
                  - podChaos: {"action":"pod-failure","mode":"one","duration":"30s","selector":{"namespaces":["default"]}}
      """;

  private static final URI SCHEDULER = URI.create("/scheduler");
  private static final URI INJECTOR = URI.create("/clusters/local/injector");
  private static final URI PROBER = URI.create("/clusters/local/probe");
  private static final URI VERDICT = URI.create("/verdict");

  private Examples() {}

  /** {@link #DOCUMENT}, read. */
  public static Experiment experiment() {
    return Told.EXPERIMENT;
  }

  private static Experiment read() {
    if (ExperimentReader.read(DOCUMENT) instanceof ExperimentReader.Reading.Valid valid) {
      return valid.experiment();
    }
    throw new AssertionError(ExperimentReader.read(DOCUMENT).toString());
  }

  /** The fault that the experiment injects. */
  public static PodChaos podChaos() {
    return (PodChaos) experiment().spec().steps().get(0).branches().get(0).actions().get(0);
  }

  public static ExperimentDefined experimentDefined() {
    return new ExperimentDefined(experiment());
  }

  public static RunRequested runRequested() {
    return new RunRequested(EXPERIMENT, START, "alice");
  }

  public static AbortRequested abortRequested() {
    return new AbortRequested(RUN, "alice", "a customer called");
  }

  public static RunPlanned runPlanned() {
    return new RunPlanned(RUN, START, "requested by alice", experiment());
  }

  public static ProbeStart probeStart() {
    return new ProbeStart(
        CommandId.of(RUN.id(), "probe.start", ""),
        RUN,
        after(10),
        experiment().spec().probes(),
        List.of(podChaos().selector()),
        Duration.ofSeconds(130));
  }

  public static ProbeStarted probeStarted() {
    return new ProbeStarted(RUN, after(1), List.of(PROBE));
  }

  public static ProbeRefused probeRefused() {
    return new ProbeRefused(
        RUN,
        List.of(
            new Problem(
                "probes[0].url", "cannot be resolved: models.example; correct the host name")));
  }

  /** Window {@code index} of {@link #PROBE}: fifty right predictions within milliseconds. */
  public static HealthWindow healthyWindow(int index) {
    Histogram latency = LatencyHistogram.empty();
    for (int i = 0; i < 50; i++) {
      LatencyHistogram.record(latency, 1_200 + 40L * i);
    }
    return new HealthWindow(
        RUN,
        PROBE,
        index,
        after(1 + index),
        new Answers(50, 0, 0, 0, 0, 0, 0),
        LatencyHistogram.encode(latency),
        Map.of("O", 25L, "X", 25L),
        180,
        List.of());
  }

  /** Window 21, in which the fault begins: 47 right predictions, two refused, one timed out. */
  public static HealthWindow healthWindow() {
    Histogram latency = LatencyHistogram.empty();
    for (int i = 0; i < 47; i++) {
      LatencyHistogram.record(latency, 1_300 + 45L * i);
    }
    LatencyHistogram.record(latency, 1_000_000);
    return new HealthWindow(
        RUN,
        PROBE,
        21,
        after(22),
        new Answers(47, 0, 0, 2, 1, 0, 0),
        LatencyHistogram.encode(latency),
        Map.of("O", 24L, "X", 23L),
        210,
        List.of(
            new HealthWindow.Exemplar(
                after(22).plusMillis(140),
                HealthWindow.Failure.REFUSED,
                "connection reset by 127.0.0.1:8000"),
            new HealthWindow.Exemplar(
                after(22).plusMillis(180), HealthWindow.Failure.TIMED_OUT, "no answer within 1s")));
  }

  public static PodHealth podHealth() {
    return new PodHealth(
        RUN,
        POD,
        after(23),
        "1042",
        "Running",
        false,
        1,
        List.of("registry.k8s.io/pause:3.10"),
        "node-1",
        "ContainersNotReady");
  }

  public static AlertObserved alertObserved() {
    return new AlertObserved(
        RUN, "ModelErrorBudgetBurn", Map.of("severity", "page"), after(31), null);
  }

  public static ExpectationsLearned expectationsLearned() {
    return new ExpectationsLearned(
        RUN,
        PROBE,
        after(21),
        2,
        List.of(
            new ExpectationsLearned.Learned(
                0,
                JsonNodeFactory.instance
                    .objectNode()
                    .set("label", JsonNodeFactory.instance.arrayNode().add("O")))),
        List.of(new ExpectationsLearned.Unstable(1, "label[0] was \"X\" 499 times, then \"O\"")));
  }

  public static BaselineJudged baselineJudged() {
    return new BaselineJudged(
        RUN,
        BaselineJudged.Steadiness.STEADY,
        List.of(
            new Judgement(
                "baseline.availability >= 0.99",
                Judgement.Outcome.HELD,
                1.0,
                ">=",
                0.99,
                0.01,
                "",
                1_000,
                Map.of("baseline.availability", 1.0),
                List.of(),
                "baseline.availability was 1.0, at least 0.99")),
        "every assertion on the steady state held");
  }

  public static StepStarted stepStarted() {
    return new StepStarted(RUN, STEP, List.of(FAULT));
  }

  public static FaultInject faultInject() {
    return new FaultInject(
        CommandId.of(RUN.id(), "fault.inject", FAULT.toString()),
        RUN,
        after(32),
        FAULT,
        STEP,
        podChaos());
  }

  public static FaultInjected faultInjected() {
    return new FaultInjected(
        RUN,
        FAULT,
        STEP,
        podChaos(),
        3,
        List.of(POD),
        after(22).plusMillis(80),
        after(22).plusMillis(96),
        after(52).plusMillis(80),
        "images patched to registry.k8s.io/pause:3.10");
  }

  public static FaultReverted faultReverted() {
    return new FaultReverted(
        RUN,
        FAULT,
        STEP,
        FaultReverted.Cause.DURATION_ELAPSED,
        "its duration of 30s was over",
        List.of(new FaultReverted.PodEnd(POD, FaultReverted.PodOutcome.RESTORED)),
        after(52).plusMillis(97));
  }

  public static FaultRehearsed faultRehearsed() {
    return new FaultRehearsed(
        RUN,
        FAULT,
        STEP,
        podChaos(),
        3,
        List.of(POD),
        "images patched to registry.k8s.io/pause:3.10",
        "the experiment is a dry run");
  }

  public static FaultRefused faultRefused() {
    return new FaultRefused(
        RUN,
        FAULT,
        STEP,
        List.of(
            new Problem(
                "selector",
                "matches no pod of namespaces [default]; correct it or deploy the model")));
  }

  public static FaultFailed faultFailed() {
    return new FaultFailed(
        RUN,
        FAULT,
        STEP,
        "patching default/crescents-6c9f7-x2x4p was forbidden; grant patch on pods",
        List.of(POD),
        after(22).plusMillis(300));
  }

  public static FaultConflicted faultConflicted() {
    return new FaultConflicted(
        RUN,
        FAULT,
        STEP,
        faultInject().command(),
        "duration is 60s here and was 30s in the command that stands");
  }

  public static FaultRevert faultRevert() {
    return new FaultRevert(
        CommandId.of(RUN.id(), "fault.revert", FAULT.toString()),
        RUN,
        FAULT,
        "stop condition fault.availability < 0.2 was breached");
  }

  public static StopConditionBreached stopConditionBreached() {
    return new StopConditionBreached(
        RUN,
        new Judgement(
            "fault.availability < 0.2",
            Judgement.Outcome.HELD,
            0.12,
            "<",
            0.2,
            0.08,
            "",
            250,
            Map.of("fault.availability", 0.12),
            List.of(),
            "fault.availability was 0.12, below 0.2"));
  }

  public static ProbeStop probeStop() {
    return new ProbeStop(CommandId.of(RUN.id(), "probe.stop", ""), RUN);
  }

  public static ProbeFinished probeFinished() {
    return new ProbeFinished(
        RUN, after(74), Map.of(PROBE, 73), ProbeFinished.Cause.COMMANDED, new AlertWatch(true, ""));
  }

  public static RunFinished runFinished() {
    return new RunFinished(RUN);
  }

  public static RunAborted runAborted() {
    return new RunAborted(
        RUN,
        RunAborted.Cause.FAULT_REFUSED,
        "fault refused: selector matches no pod of namespaces [default]",
        true);
  }

  public static RunHalted runHalted() {
    return new RunHalted(RUN, HaltScope.EVERYTHING, "alice", "a customer called", after(40));
  }

  public static RunReplaced runReplaced() {
    return new RunReplaced(RUN, RunId.of(EXPERIMENT, CLUSTER, START.plusSeconds(3600)));
  }

  public static RunSkipped runSkipped() {
    return new RunSkipped(RUN, START, "everything is halted by alice: a customer called");
  }

  public static VerdictReached verdictReached() {
    return new VerdictReached(
        RUN,
        VerdictReached.Outcome.REFUTED,
        "1 of 3 assertions failed: fault.latency.p99 <= 2.0 * baseline.latency.p99",
        VerdictReached.End.FINISHED,
        List.of(
            new Judgement(
                "fault.availability >= 0.95",
                Judgement.Outcome.HELD,
                0.998,
                ">=",
                0.95,
                0.048,
                "",
                1_500,
                Map.of("fault.availability", 0.998),
                List.of(),
                "fault.availability was 0.998, at least 0.95"),
            new Judgement(
                "fault.latency.p99 <= 2.0 * baseline.latency.p99",
                Judgement.Outcome.FAILED,
                7.4,
                "<=",
                6.2,
                -1.2,
                "ms",
                2_500,
                Map.of("fault.latency.p99", 7.4, "baseline.latency.p99", 3.1),
                List.of(),
                "fault.latency.p99 was 7.4 ms, more than 6.2 ms"),
            new Judgement(
                "recovery.time <= duration('30s')",
                Judgement.Outcome.UNDECIDED,
                null,
                null,
                null,
                null,
                "s",
                1_050,
                Map.of(),
                List.of("recovery.time"),
                "recovery.time is not known: no pod was seen ready again")),
        Map.of(
            "baseline.availability",
            1.0,
            "baseline.latency.p99",
            3.1,
            "fault.availability",
            0.998,
            "fault.latency.p99",
            7.4),
        experiment().spec().hypothesis(),
        List.of(
            new VerdictReached.OffsetRange(Topics.FAULTS.name(), 2, 11, 12),
            new VerdictReached.OffsetRange(Topics.HEALTH.name(), 2, 840, 921),
            new VerdictReached.OffsetRange(Topics.RUNS.name(), 2, 33, 35)),
        1,
        new VerdictReached.Lateness(Duration.ofMillis(100), 0.05));
  }

  public static AgentHeartbeat agentHeartbeat() {
    return new AgentHeartbeat(
        CLUSTER,
        "injector-0",
        AgentHeartbeat.Kind.INJECTOR,
        "0.1.0",
        List.of("pod-failure", "pod-kill"),
        START);
  }

  public static HaltSet haltSet() {
    return new HaltSet(HaltScope.EVERYTHING, "alice", "a customer called", after(40));
  }

  public static HaltLifted haltLifted() {
    return new HaltLifted(HaltScope.EVERYTHING, "alice", "the customer is happy", after(400));
  }

  /** One example of every event there is, in the order in which a run would bring them about. */
  public static List<Event<?>> events() {
    return Told.EVENTS;
  }

  /** Told once, because reading the document takes its time. */
  private static final class Told {
    private static final Experiment EXPERIMENT = read();
    private static final List<Event<?>> EVENTS = tell();
  }

  private static List<Event<?>> tell() {
    return List.of(
        Event.of(SCHEDULER, START, experimentDefined()),
        Event.of(SCHEDULER, START, runRequested()),
        Event.of(SCHEDULER, START, abortRequested()),
        Event.of(INJECTOR, START, agentHeartbeat()),
        Event.of(SCHEDULER, after(40), haltSet()),
        Event.of(SCHEDULER, after(400), haltLifted()),
        Event.of(SCHEDULER, after(0), runPlanned()),
        Event.of(SCHEDULER, after(0), runSkipped()),
        Event.of(SCHEDULER, after(0), probeStart()),
        Event.of(PROBER, after(1), probeStarted()),
        Event.of(PROBER, after(1), probeRefused()),
        Event.of(PROBER, after(1), podHealth()),
        Event.of(VERDICT, after(22), baselineJudged()),
        Event.of(SCHEDULER, after(22), stepStarted()),
        Event.of(SCHEDULER, after(22), faultInject()),
        Event.of(INJECTOR, after(22), faultInjected()),
        Event.of(INJECTOR, after(22), faultRefused()),
        Event.of(INJECTOR, after(22), faultFailed()),
        Event.of(INJECTOR, after(22), faultRehearsed()),
        Event.of(INJECTOR, after(22), faultConflicted()),
        Event.of(PROBER, after(23), healthWindow()),
        Event.of(PROBER, after(21), expectationsLearned()),
        Event.of(PROBER, after(31), alertObserved()),
        Event.of(VERDICT, after(31), stopConditionBreached()),
        Event.of(SCHEDULER, after(31), faultRevert()),
        Event.of(INJECTOR, after(52), faultReverted()),
        Event.of(SCHEDULER, after(40), runHalted()),
        Event.of(SCHEDULER, after(40), runReplaced()),
        Event.of(SCHEDULER, after(73), probeStop()),
        Event.of(PROBER, after(74), probeFinished()),
        Event.of(SCHEDULER, after(74), runFinished()),
        Event.of(SCHEDULER, after(74), runAborted()),
        Event.of(VERDICT, after(74), verdictReached()));
  }

  private static Instant after(long seconds) {
    return START.plusSeconds(seconds);
  }
}
