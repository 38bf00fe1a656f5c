package dev.greenstick.verdict;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Hypothesis;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * Histories as they may come about: several probes, steps and faults side by side, agents that fall
 * silent, ends that are told twice, events that contradict each other, and some of another run's
 * name. What one seed makes is always the same.
 */
public final class Histories {

  private final Random random;
  private final RunRef run;
  private final Instant zero = Examples.START.plusSeconds(1);
  private final List<Evidence> told = new ArrayList<>();
  private final Map<String, Long> offsets = new HashMap<>();

  private Histories(long seed) {
    this.random = new Random(seed);
    this.run = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(seed));
  }

  /** The history that belongs to a seed, in the order in which it came about. */
  public static List<Evidence> of(long seed) {
    Histories history = new Histories(seed);
    history.tell();
    return List.copyOf(history.told);
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  private void tell() {
    int baseline = 1 + random.nextInt(4);
    List<ProbeName> probes = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      probes.add(new ProbeName("probe-" + i));
    }
    boolean silentScheduler = oneIn(15);
    boolean silentProber = oneIn(12);
    boolean silentInjector = oneIn(12);
    if (!silentScheduler) {
      say(
          -1,
          new RunPlanned(run, Examples.START, "requested by alice", experiment(baseline, probes)));
    }
    if (oneIn(25)) {
      say(0, new RunSkipped(run, Examples.START, "everything is halted"));
    }
    double end = faults(baseline, silentInjector);
    int length = (int) Math.ceil(end) + 1 + random.nextInt(4);
    if (!silentProber) {
      probes(probes, length);
    }
    if (oneIn(8)) {
      say(length, new RunAborted(run, RunAborted.Cause.REQUESTED, "alice asked for it", oneIn(2)));
    }
    if (!oneIn(8)) {
      say(length, new RunFinished(run));
    }
    contradict();
  }

  private Experiment experiment(int baseline, List<ProbeName> probes) {
    Experiment.Spec spec = Examples.experiment().spec();
    Probe model = spec.probes().getFirst();
    return new Experiment(
        Examples.experiment().metadata(),
        new Experiment.Spec(
            spec.clusters(),
            probes.stream().map(name -> named(name, model)).toList(),
            Duration.ofSeconds(baseline),
            new Hypothesis(
                List.of("baseline.availability >= 0.9"),
                List.of(
                        "fault.availability >= 0.9",
                        "fault.latency.p99 <= 1.5 * baseline.latency.p99",
                        "run.pods.restarted <= 3.0",
                        "recovery.time <= duration('3s')")
                    .subList(0, 1 + random.nextInt(4)),
                oneIn(2) ? List.of() : List.of("fault.availability < 0.1")),
            spec.steps(),
            spec.recovery()));
  }

  private static Probe named(ProbeName name, Probe model) {
    return new Probe(
        name,
        model.protocol(),
        model.url(),
        model.model(),
        model.version(),
        model.rate(),
        model.timeout(),
        model.requests());
  }

  /** Steps one after another, their faults side by side; when the last is over, in seconds. */
  private double faults(int baseline, boolean silentInjector) {
    double at = baseline + 0.1;
    double end = at;
    for (int step = 0; step < random.nextInt(4); step++) {
      StepName name = new StepName("step-" + step);
      List<FaultId> faults = new ArrayList<>();
      for (int branch = 0; branch <= random.nextInt(3); branch++) {
        faults.add(FaultId.of(run.id(), name, branch, 0));
      }
      if (!oneIn(15)) {
        say(at, new StepStarted(run, name, faults));
      }
      for (FaultId fault : faults) {
        if (!silentInjector || oneIn(2)) {
          end = Math.max(end, fault(name, fault, at + random.nextDouble()));
        }
      }
      at = end + random.nextDouble();
    }
    return end;
  }

  private double fault(StepName step, FaultId fault, double from) {
    double until = from + 1 + random.nextDouble() * 3;
    if (oneIn(8)) {
      say(from, new FaultRefused(run, fault, step, List.of(new Problem("selector", "is empty"))));
      return from;
    }
    say(
        from,
        new FaultInjected(
            run,
            fault,
            step,
            Examples.podChaos(),
            3,
            List.of(pod(0)),
            at(from),
            at(from + 0.1),
            at(until),
            "images patched"));
    if (oneIn(15)) {
      say(until, new FaultRefused(run, fault, step, List.of(new Problem("deadline", "is past"))));
    }
    if (oneIn(15)) {
      say(until, new FaultFailed(run, fault, step, "API away", List.of(), at(until + 0.5)));
    }
    if (oneIn(20)) {
      say(until, conflicted(step, fault));
    }
    if (!oneIn(10)) {
      say(
          until,
          new FaultReverted(
              run,
              fault,
              step,
              FaultReverted.Cause.DURATION_ELAPSED,
              "its duration was over",
              List.of(),
              at(until)));
    }
    return until;
  }

  private FaultConflicted conflicted(StepName step, FaultId fault) {
    FaultConflicted example = Examples.faultConflicted();
    return new FaultConflicted(run, fault, step, example.command(), example.reason());
  }

  private void probes(List<ProbeName> probes, int length) {
    if (oneIn(20)) {
      say(0, new ProbeRefused(run, List.of(new Problem("model", "is not there"))));
      return;
    }
    if (!oneIn(15)) {
      say(0, new ProbeStarted(run, zero, probes));
    }
    for (int i = 0; i < 3 && !oneIn(10); i++) {
      for (int change = 0; change <= random.nextInt(4); change++) {
        double when = change == 0 ? 0 : random.nextDouble() * length;
        boolean ready = change % 2 == 0;
        say(
            when,
            new PodHealth(
                run,
                pod(i),
                at(when),
                "" + (100 * i + change),
                "Running",
                ready,
                change / 2,
                List.of("i"),
                "n",
                null));
      }
    }
    Map<ProbeName, Integer> counts = new HashMap<>();
    for (ProbeName probe : probes) {
      for (int i = 0; i < length; i++) {
        if (!oneIn(200)) {
          say(i + 1.2, window(probe, i));
        }
      }
      counts.put(probe, length);
    }
    if (!oneIn(10)) {
      say(length + 1, new ProbeFinished(run, at(length), counts, ProbeFinished.Cause.COMMANDED));
    }
  }

  private HealthWindow window(ProbeName probe, int index) {
    int due = 20;
    int bad = oneIn(6) ? random.nextInt(due) : 0;
    Answers answers =
        switch (random.nextInt(4)) {
          case 0 -> new Answers(due - bad, bad, 0, 0, 0, 0, 0);
          case 1 -> new Answers(due - bad, 0, 0, bad, 0, 0, 0);
          case 2 -> new Answers(due - bad, 0, bad / 2, 0, 0, bad - bad / 2, 0);
          default -> new Answers(due - bad, 0, 0, 0, bad, 0, 0);
        };
    Histogram latency = LatencyHistogram.empty();
    for (int i = 0; i < due - answers.refused(); i++) {
      LatencyHistogram.record(latency, 1_000 + random.nextInt(3_000));
    }
    return new HealthWindow(
        run,
        probe,
        index,
        at(index),
        answers,
        LatencyHistogram.encode(latency),
        Map.of("moon", (long) random.nextInt(9)),
        oneIn(30) ? 300_000 : 200,
        List.of());
  }

  /** Some events are told again otherwise: by another body, at another time, of another cluster. */
  private void contradict() {
    for (Evidence one : List.copyOf(told)) {
      if (oneIn(60)) {
        said(one.time().plusMillis(random.nextInt(2_000) - 1_000L), one.data());
      }
      if (one.data() instanceof HealthWindow window && oneIn(60)) {
        HealthWindow other = window(window.probe(), window.index());
        said(one.time().plusMillis(random.nextInt(3) - 1L), other);
      }
      if (one.data() instanceof FaultReverted it && oneIn(15)) {
        said(
            one.time().plusMillis(random.nextInt(3) - 1L),
            new FaultReverted(
                it.run(),
                it.fault(),
                it.step(),
                it.cause(),
                it.reason(),
                it.pods(),
                it.revertedAt().plusMillis(700)));
      }
    }
    if (oneIn(10)) {
      said(
          at(0),
          new RunFinished(
              new RunRef(run.id(), run.experiment(), new ClusterName(oneIn(2) ? "a" : "z"))));
    }
  }

  private static PodRef pod(int number) {
    return new PodRef("default", "crescents-" + number, "uid-" + number);
  }

  private Instant at(double seconds) {
    return zero.plusMillis(Math.round(seconds * 1_000));
  }

  private void say(double seconds, RunData data) {
    said(at(seconds), data);
  }

  private void said(Instant time, RunData data) {
    String topic = Story.topic(data);
    long offset = offsets.merge(topic, 1L, Long::sum) + 99;
    told.add(new Evidence(data, time, new Origin(topic, 2, offset)));
  }
}
