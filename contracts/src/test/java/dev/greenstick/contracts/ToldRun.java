package dev.greenstick.contracts;

import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.StepStarted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * All events of a run in the order in which they come about: fifty predictions a second, one of
 * three pods fails and comes back. For tests and benchmarks that need many whole runs.
 *
 * @param run the run
 * @param due when it was due and its first window begins
 * @param baseline how many windows of baseline
 * @param fault how many of fault
 * @param recovery how many of recovery
 * @param lost how many predictions of the first window of the fault were refused
 * @param stopConditions on which it would be stopped
 */
public record ToldRun(
    RunRef run,
    Instant due,
    int baseline,
    int fault,
    int recovery,
    int lost,
    List<String> stopConditions) {

  private static final int RATE = 50;
  private static final int VARIETY = 500;
  private static final List<String> LATENCIES = latencies();

  /**
   * An event on its way.
   *
   * @param topic where to
   * @param event the event
   */
  public record Told(Topic<? extends RunData> topic, Event<? extends RunData> event) {}

  /** A run that loses nothing, due at a whole second of its own. */
  public static ToldRun of(
      ExperimentName experiment, Instant due, int baseline, int fault, int recovery) {
    return new ToldRun(
        RunRef.of(experiment, Examples.CLUSTER, due), due, baseline, fault, recovery, 0, List.of());
  }

  /** The same where so many predictions of the first window of the fault were refused. */
  public ToldRun losing(int predictions) {
    return new ToldRun(run, due, baseline, fault, recovery, predictions, stopConditions);
  }

  /** The same with stop conditions, none of which will hold unless it loses predictions. */
  public ToldRun braked() {
    return new ToldRun(
        run,
        due,
        baseline,
        fault,
        recovery,
        lost,
        List.of("fault.availability < 50%", "fault.latency.p99 > 2s"));
  }

  /** How many windows there are. */
  public int length() {
    return baseline + fault + recovery;
  }

  /** Everything, from its plan to its end. */
  public List<Told> events() {
    List<Told> told = new ArrayList<>(begin());
    for (int i = 0; i < length(); i++) {
      if (i == baseline) {
        told.addAll(inject());
      }
      if (i == baseline + fault) {
        told.add(revert());
      }
      told.add(window(i));
    }
    if (recovery == 0) {
      told.add(revert());
    }
    told.addAll(end());
    return told;
  }

  /** Before the first window. */
  public List<Told> begin() {
    List<Told> told = new ArrayList<>();
    told.add(
        new Told(
            Topics.RUNS,
            event("/scheduler", 0, new RunPlanned(run, due, "benchmark", experiment()))));
    told.add(health(0, new ProbeStarted(run, due, List.of(Examples.PROBE))));
    for (int i = 0; i < 3; i++) {
      told.add(health(0, pod(i, 0, 100 + i, true, 0)));
    }
    return told;
  }

  /** One window, told a second after it began. */
  public Told window(int index) {
    int refused = index == baseline ? lost : 0;
    return health(
        index + 1,
        new HealthWindow(
            run,
            Examples.PROBE,
            index,
            at(index),
            new Answers(RATE - refused, 0, 0, refused, 0, 0, 0),
            LATENCIES.get(Math.floorMod(run.id().seed() + index, LATENCIES.size())),
            Map.of("O", 25L, "X", 25L),
            180,
            List.of()));
  }

  /** The fault begins. */
  public List<Told> inject() {
    FaultId id = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return List.of(
        new Told(
            Topics.RUNS,
            event("/scheduler", baseline, new StepStarted(run, Examples.STEP, List.of(id)))),
        new Told(
            Topics.FAULTS,
            event(
                "/clusters/local/injector",
                baseline,
                new FaultInjected(
                    run,
                    id,
                    Examples.STEP,
                    Examples.podChaos(),
                    3,
                    List.of(podRef(0)),
                    at(baseline),
                    at(baseline),
                    at(baseline + fault),
                    "images patched"))),
        health(baseline, pod(0, baseline, 200, false, 1)));
  }

  /** The fault ends. */
  public Told revert() {
    return new Told(
        Topics.FAULTS,
        event(
            "/clusters/local/injector",
            baseline + fault,
            new FaultReverted(
                run,
                FaultId.of(run.id(), Examples.STEP, 0, 0),
                Examples.STEP,
                FaultReverted.Cause.DURATION_ELAPSED,
                "its duration was over",
                List.of(),
                at(baseline + fault))));
  }

  /** After the last window; the very last event is the run's end. */
  public List<Told> end() {
    return List.of(
        health(length(), pod(0, baseline + fault, 300, true, 1)),
        health(
            length(),
            new ProbeFinished(
                run,
                at(length()),
                Map.of(Examples.PROBE, length()),
                ProbeFinished.Cause.COMMANDED)),
        new Told(Topics.RUNS, event("/scheduler", length(), new RunFinished(run))));
  }

  private Told health(int second, HealthEvent data) {
    return new Told(Topics.HEALTH, event("/clusters/local/probe", second, data));
  }

  private <E extends RunData> Event<E> event(String source, int second, E data) {
    return Event.of(URI.create(source), at(second), data);
  }

  private Instant at(int second) {
    return due.plusSeconds(second);
  }

  private static PodRef podRef(int number) {
    return new PodRef("default", "crescents-" + number, "uid-" + number);
  }

  private PodHealth pod(int number, int second, int version, boolean ready, int restarts) {
    return new PodHealth(
        run,
        podRef(number),
        at(second),
        String.valueOf(version),
        "Running",
        ready,
        restarts,
        List.of("registry.example.com/crescents:1"),
        "node-1",
        null);
  }

  private Experiment experiment() {
    Experiment example = Examples.experiment();
    Experiment.Spec spec = example.spec();
    return new Experiment(
        new Experiment.Metadata(run.experiment(), Map.of()),
        new Experiment.Spec(
            spec.clusters(),
            spec.probes(),
            Duration.ofSeconds(baseline),
            new Hypothesis(
                List.of("baseline.availability >= 0.99"),
                List.of(
                    "fault.availability >= 0.99",
                    "fault.latency.p99 <= 1.5 * baseline.latency.p99",
                    "recovery.time <= duration('10s')"),
                stopConditions),
            spec.steps(),
            Duration.ofSeconds(recovery)));
  }

  /** No two neighbouring windows are alike, as in no real run. */
  private static List<String> latencies() {
    Random random = new Random(1);
    List<String> latencies = new ArrayList<>();
    for (int window = 0; window < VARIETY; window++) {
      Histogram histogram = LatencyHistogram.empty();
      for (int i = 0; i < RATE; i++) {
        LatencyHistogram.record(histogram, 1_200 + 40L * i + 7L * i * i + random.nextInt(200));
      }
      latencies.add(LatencyHistogram.encode(histogram));
    }
    return latencies;
  }
}
