package dev.greenstick.verdict;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * A run as it was, told as evidence: fifty predictions a second, a fault that hits one of some
 * pods. All times count from the beginning of window 0.
 */
public final class Story {

  /** Predictions a second. */
  public static final int RATE = 50;

  private final RunRef run;
  private final Instant zero;
  private final int baseline;
  private final int fault;
  private final int recovery;
  private final Map<Integer, HealthWindow> changed = new HashMap<>();
  private final List<Told> more = new ArrayList<>();
  private Predicate<RunData> untold = _ -> false;
  private Hypothesis hypothesis;
  private int replicas = 3;
  private double readyAfter = 1.7;
  private Instant due = Examples.START;

  private record Told(Instant time, RunData data) {}

  private Story(RunRef run, int baseline, int fault, int recovery) {
    this.run = run;
    this.zero = Examples.START.plusSeconds(1);
    this.baseline = baseline;
    this.fault = fault;
    this.recovery = recovery;
    this.hypothesis =
        new Hypothesis(
            List.of("baseline.availability >= 0.99"),
            List.of(
                "fault.availability >= 0.995",
                "fault.latency.p99 <= 1.5 * baseline.latency.p99",
                "fault.correctness == 1.0",
                "recovery.time <= duration('10s')"),
            List.of());
  }

  /** Twenty seconds of baseline, thirty of fault, twenty of recovery, and nothing goes wrong. */
  public static Story standard() {
    return new Story(Examples.RUN, 20, 30, 20);
  }

  /** As long as is said, for a run of its own. */
  public static Story of(int number, int baseline, int fault, int recovery) {
    return new Story(
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(number)),
        baseline,
        fault,
        recovery);
  }

  public RunRef run() {
    return run;
  }

  /** The index of the first window of the fault. */
  public int faultFrom() {
    return baseline;
  }

  /** The index of the first window of the recovery. */
  public int recoveryFrom() {
    return baseline + fault;
  }

  /** How many windows there are. */
  public int length() {
    return baseline + fault + recovery;
  }

  public FaultId fault() {
    return FaultId.of(run.id(), Examples.STEP, 0, 0);
  }

  public Story hypothesis(List<String> assertions, List<String> stopConditions) {
    hypothesis = new Hypothesis(hypothesis.steadyState(), assertions, stopConditions);
    return this;
  }

  public Story replicas(int count) {
    replicas = count;
    return this;
  }

  /** It was due then; nothing else of it moves. */
  public Story due(Instant instant) {
    due = instant;
    return this;
  }

  /** The pod that was hit is ready again so many seconds after the revert; negative for never. */
  public Story readyAfter(double seconds) {
    readyAfter = seconds;
    return this;
  }

  /** Window {@code index} was answered like this. */
  public Story answered(int index, Answers answers) {
    changed.put(index, window(index, answers, 180));
    return this;
  }

  /** In window {@code index} the prober was late. */
  public Story late(int index, long micros) {
    changed.put(index, window(index, changed(index).answers(), micros));
    return this;
  }

  /** In window {@code index} the prober was so late that it sent none of the last predictions. */
  public Story notSent(int index, int count) {
    HealthWindow window = window(index, new Answers(RATE - count, 0, 0, 0, count, 0, 0), 1_400_000);
    changed.put(
        index,
        new HealthWindow(
            run,
            window.probe(),
            index,
            window.start(),
            window.answers(),
            window.latency(),
            window.labels(),
            window.latenessMicros(),
            List.of(),
            0L,
            Map.of(),
            null,
            true,
            (long) count));
    return this;
  }

  /** In window {@code index} these labels were predicted. */
  public Story labelled(int index, Map<String, Long> labels) {
    HealthWindow window = changed(index);
    changed.put(
        index,
        new HealthWindow(
            run,
            window.probe(),
            index,
            window.start(),
            window.answers(),
            window.latency(),
            labels,
            window.latenessMicros(),
            List.of()));
    return this;
  }

  /** In window {@code index} every prediction took so long. */
  public Story took(int index, long micros) {
    Histogram latency = LatencyHistogram.empty();
    for (int i = 0; i < RATE; i++) {
      LatencyHistogram.record(latency, micros);
    }
    return measured(index, changed(index).answers(), latency);
  }

  /** Window {@code index} was answered like this, with these latencies in microseconds. */
  public Story measured(int index, Answers answers, Histogram latency) {
    HealthWindow window = changed(index);
    changed.put(
        index,
        new HealthWindow(
            run,
            window.probe(),
            index,
            window.start(),
            answers,
            LatencyHistogram.encode(latency),
            window.labels(),
            window.latenessMicros(),
            List.of()));
    return this;
  }

  /** Another probe asks, too, and its windows are answered like this. */
  public Story andProbe(ProbeName probe, IntFunction<Answers> answers) {
    for (int i = 0; i < length(); i++) {
      HealthWindow window = window(i, answers.apply(i), 180);
      and(
          i + 1.3,
          new HealthWindow(
              run,
              probe,
              i,
              window.start(),
              window.answers(),
              window.latency(),
              Map.of(),
              180,
              List.of()));
    }
    return this;
  }

  /** These events never happened, or nobody heard of them. */
  public Story without(Predicate<RunData> events) {
    untold = untold.or(events);
    return this;
  }

  /** And this happened, so many seconds after window 0 began. */
  public Story and(double at, RunData data) {
    more.add(new Told(at(at), data));
    return this;
  }

  /** The instant so many seconds after window 0 began. */
  public Instant at(double seconds) {
    return zero.plusMillis(Math.round(seconds * 1_000));
  }

  private HealthWindow changed(int index) {
    return changed.getOrDefault(index, window(index, new Answers(RATE, 0, 0, 0, 0, 0, 0), 180));
  }

  private HealthWindow window(int index, Answers answers, long lateness) {
    Histogram latency = LatencyHistogram.empty();
    for (int i = 0; i < answers.total() - answers.refused() - answers.timedOut(); i++) {
      LatencyHistogram.record(latency, 1_200 + 40L * i);
    }
    for (int i = 0; i < answers.timedOut(); i++) {
      LatencyHistogram.record(latency, 1_000_000);
    }
    return new HealthWindow(
        run,
        Examples.PROBE,
        index,
        at(index),
        answers,
        LatencyHistogram.encode(latency),
        Map.of(),
        lateness,
        List.of());
  }

  private static PodRef pod(int number) {
    return new PodRef("default", "crescents-" + number, "uid-" + number);
  }

  private PodHealth pod(int number, double at, int version, boolean ready, int restarts) {
    return new PodHealth(
        run,
        pod(number),
        at(at),
        "" + version,
        "Running",
        ready,
        restarts,
        List.of("i"),
        "n",
        null);
  }

  private Experiment experiment() {
    Experiment.Spec spec = Examples.experiment().spec();
    return new Experiment(
        Examples.experiment().metadata(),
        new Experiment.Spec(
            spec.clusters(),
            spec.probes(),
            Duration.ofSeconds(baseline),
            hypothesis,
            spec.steps(),
            Duration.ofSeconds(recovery)));
  }

  /** Everything in the order of time, each topic with its own offsets. */
  public List<Evidence> evidence() {
    List<Told> told = new ArrayList<>(more);
    told.add(new Told(at(-1), new RunPlanned(run, due, "requested by alice", experiment())));
    told.add(new Told(at(0), new ProbeStarted(run, zero, List.of(Examples.PROBE))));
    for (int i = 0; i < replicas; i++) {
      told.add(new Told(at(0.01), pod(i, 0, 100 + i, true, 0)));
    }
    for (int i = 0; i < length(); i++) {
      told.add(new Told(at(i + 1.2), changed(i)));
    }
    told.add(new Told(at(baseline - 0.01), new StepStarted(run, Examples.STEP, List.of(fault()))));
    told.add(
        new Told(
            at(baseline + 0.1),
            new FaultInjected(
                run,
                fault(),
                Examples.STEP,
                Examples.podChaos(),
                replicas,
                List.of(pod(0)),
                at(baseline),
                at(baseline + 0.02),
                at(recoveryFrom()),
                "images patched")));
    told.add(new Told(at(baseline + 0.5), pod(0, baseline + 0.5, 200, false, 1)));
    told.add(
        new Told(
            at(recoveryFrom() + 0.01),
            new FaultReverted(
                run,
                fault(),
                Examples.STEP,
                FaultReverted.Cause.DURATION_ELAPSED,
                "its duration was over",
                List.of(),
                at(recoveryFrom()))));
    if (readyAfter >= 0) {
      double ready = recoveryFrom() + readyAfter;
      told.add(new Told(at(ready), pod(0, ready, 300, true, 2)));
    }
    told.add(
        new Told(
            at(length() + 1.5),
            new ProbeFinished(
                run,
                at(length()),
                Map.of(Examples.PROBE, length()),
                ProbeFinished.Cause.COMMANDED)));
    told.add(new Told(at(length() + 1.6), new RunFinished(run)));
    told.removeIf(event -> untold.test(event.data()));
    told.sort(Comparator.comparing(Told::time));
    return numbered(told);
  }

  private static List<Evidence> numbered(List<Told> told) {
    Map<String, Long> next = new HashMap<>();
    List<Evidence> evidence = new ArrayList<>();
    for (Told event : told) {
      String topic = topic(event.data());
      long offset = next.merge(topic, 1L, Long::sum) + 99;
      evidence.add(new Evidence(event.data(), event.time(), new Origin(topic, 2, offset)));
    }
    return evidence;
  }

  /** The topic in which an event is evidence. */
  public static String topic(RunData data) {
    if (data instanceof RunEvent) {
      return Topics.RUNS.name();
    }
    return (data instanceof FaultEvent ? Topics.FAULTS : Topics.HEALTH).name();
  }
}
