package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment.Branch;
import dev.greenstick.contracts.experiment.Experiment.Metadata;
import dev.greenstick.contracts.experiment.Experiment.Spec;
import dev.greenstick.contracts.experiment.Experiment.Step;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.StepName;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads an experiment as somebody wrote it, in YAML or JSON: fills in the defaults, or reports
 * every problem at once. Safe for many threads.
 */
public final class ExperimentReader {

  public static final Duration DEFAULT_BASELINE = Duration.ofSeconds(20);
  public static final Duration DEFAULT_RECOVERY = Duration.ofSeconds(20);
  public static final List<String> DEFAULT_STEADY_STATE = List.of("baseline.availability >= 0.99");
  public static final List<String> DEFAULT_ASSERTIONS =
      List.of("fault.availability >= 0.95", "recovery.time <= duration('30s')");

  private static final Duration SHORTEST_BASELINE = Duration.ofSeconds(5);
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** More faults at once than any injector allows. */
  private static final int MOST_BRANCHES = 100;

  private static final Map<String, String> NOT_YET =
      Map.of(
          "safety",
          "is not supported yet; leave it out, the injector's own settings hold",
          "parameters",
          "is not supported yet; write the values where they are used");

  /** Where an editor finds the schema of what it edits; it means nothing here. */
  private static final String SCHEMA = "$schema";

  private static final Map<String, Function<Cursor, Action>> ACTIONS = actions();

  private ExperimentReader() {}

  /** What came of reading. */
  public sealed interface Reading {

    /** An experiment that can be run as far as can be said without running it. */
    record Valid(Experiment experiment) implements Reading {}

    /** Every problem at once; at least one. */
    record Invalid(List<Problem> problems) implements Reading {}
  }

  /**
   * Reads one document, YAML or JSON. Never throws for what the text holds. Assertions are taken as
   * they are: {@code dev.greenstick.contracts.hypothesis} checks them.
   */
  public static Reading read(String document) {
    return read(document, Places.UNKNOWN);
  }

  /** As {@link #read(String)}; the problems say where in the document they are. */
  public static Reading read(String document, Places places) {
    Problems problems = new Problems();
    var tree = Document.parse(document, problems);
    Experiment experiment = tree == null ? null : experiment(Cursor.root(tree, problems));
    return experiment == null
        ? new Reading.Invalid(problems.all().stream().map(places::located).toList())
        : new Reading.Valid(experiment);
  }

  private static Experiment experiment(Cursor at) {
    if (at.field("properties").field("steps").isPresent()) {
      at.problem("is an Azure Chaos Studio experiment, and those are not supported yet");
      return null;
    }
    if (at.field("kind").node().asText().equals("PodChaos")) {
      at.problem(
          "is a PodChaos; write an Experiment with its spec under spec.steps[0].branches[0]"
              + ".actions[0].podChaos");
      return null;
    }
    if (!at.isObject("apiVersion", "kind", "metadata", "spec", SCHEMA)) {
      return null;
    }
    int before = at.problems();
    at.field(SCHEMA).text();
    constant(at.field("apiVersion"), Experiment.API_VERSION);
    constant(at.field("kind"), Experiment.KIND);
    Metadata metadata = metadata(at.required("metadata", "name the experiment in it"));
    Spec spec = spec(at.required("spec", "write clusters, probes and steps in it"));
    return at.problems() > before ? null : new Experiment(metadata, spec);
  }

  private static void constant(Cursor at, String value) {
    if (!at.isPresent()) {
      at.problem("is missing; write " + value);
    } else if (!at.node().asText().equals(value)) {
      at.problem("must be " + value + at.described());
    }
  }

  private static Metadata metadata(Cursor at) {
    if (!at.isPresent() || !at.isObject("name", "labels")) {
      return null;
    }
    int before = at.problems();
    ExperimentName name = at.required("name", "name the experiment").name(ExperimentName::new);
    Map<String, String> labels = at.field("labels").map(Cursor::value);
    return at.problems() > before ? null : new Metadata(name, labels);
  }

  private static Spec spec(Cursor at) {
    if (!at.isPresent()
        || !at.isObject(
            NOT_YET,
            "clusters",
            "probes",
            "baseline",
            "hypothesis",
            "steps",
            "recovery",
            "alerts",
            "schedule",
            "dryRun")) {
      return null;
    }
    int before = at.problems();
    List<ClusterName> clusters = clusters(at.field("clusters"));
    List<Probe> probes = probes(at.field("probes"));
    Duration baseline = at.field("baseline").duration(SHORTEST_BASELINE, LONGEST, DEFAULT_BASELINE);
    Hypothesis hypothesis = hypothesis(at.field("hypothesis"));
    List<Step> steps = steps(at.field("steps"));
    Duration recovery = at.field("recovery").duration(Duration.ZERO, LONGEST, DEFAULT_RECOVERY);
    List<AlertFeed> alerts = at.field("alerts").list(AlertsReader::watch);
    Schedule schedule = ScheduleReader.schedule(at.field("schedule"));
    Boolean dryRun = at.field("dryRun").truth();
    return at.problems() > before
        ? null
        : new Spec(
            clusters, probes, baseline, hypothesis, steps, recovery, alerts, schedule, dryRun);
  }

  private static List<Probe> probes(Cursor at) {
    Set<ProbeName> seen = new HashSet<>();
    return at.someOf(
        "say who is asked for predictions",
        each -> {
          Probe probe = ProbeReader.probe(each);
          if (probe != null && !seen.add(probe.name())) {
            each.field("name")
                .problem("is there twice: " + probe.name() + "; give each probe its own name");
          }
          return probe;
        });
  }

  private static List<ClusterName> clusters(Cursor at) {
    Set<ClusterName> seen = new HashSet<>();
    return at.someOf(
        "name the clusters to run on",
        cluster -> {
          ClusterName name = cluster.name(ClusterName::new);
          if (name != null && !seen.add(name)) {
            cluster.problem("is there twice: " + name + "; a cluster has one run");
          }
          return name;
        });
  }

  private static Hypothesis hypothesis(Cursor at) {
    if (!at.isPresent()) {
      return new Hypothesis(DEFAULT_STEADY_STATE, DEFAULT_ASSERTIONS, List.of());
    }
    if (!at.isObject("steadyState", "assertions", "stopConditions")) {
      return null;
    }
    return new Hypothesis(
        assertions(at.field("steadyState"), DEFAULT_STEADY_STATE),
        assertions(at.field("assertions"), DEFAULT_ASSERTIONS),
        at.field("stopConditions").list(Cursor::text));
  }

  private static List<String> assertions(Cursor at, List<String> otherwise) {
    return at.isPresent()
        ? at.someOf("leave it out for " + String.join(", ", otherwise), Cursor::text)
        : otherwise;
  }

  private static List<Step> steps(Cursor at) {
    int before = at.problems();
    Set<StepName> seen = new HashSet<>();
    List<Step> steps =
        at.someOf(
            "write the faults to inject",
            each -> {
              Step step = step(each, new StepName("step-" + (each.index() + 1)));
              if (step != null && !seen.add(step.name())) {
                each.field("name")
                    .problem("is there twice: " + step.name() + "; give each step its own name");
              }
              return step;
            });
    boolean fault =
        steps.stream()
            .flatMap(step -> step.branches().stream())
            .flatMap(branch -> branch.actions().stream())
            .anyMatch(Fault.class::isInstance);
    if (at.problems() == before && !fault) {
      at.problem("inject no fault; add an action podChaos");
    }
    return steps;
  }

  private static Step step(Cursor at, StepName otherwise) {
    if (!at.isObject("name", "branches")) {
      return null;
    }
    int before = at.problems();
    StepName name = at.field("name").isPresent() ? at.field("name").name(StepName::new) : otherwise;
    List<Branch> branches =
        at.field("branches").someOf("write one branch with actions", ExperimentReader::branch);
    if (branches.size() > MOST_BRANCHES) {
      at.field("branches").problem("must hold at most " + MOST_BRANCHES + " branches");
    }
    return at.problems() > before ? null : new Step(name, branches);
  }

  private static Branch branch(Cursor at) {
    if (!at.isObject("actions")) {
      return null;
    }
    return new Branch(at.field("actions").someOf("write an action", ExperimentReader::action));
  }

  private static Action action(Cursor at) {
    String[] kinds = ACTIONS.keySet().toArray(String[]::new);
    if (!at.isObject(kinds)) {
      return null;
    }
    List<String> given =
        ACTIONS.keySet().stream().filter(name -> at.field(name).isPresent()).toList();
    if (given.size() != 1) {
      at.problem("must have one field, %s: one action each".formatted(String.join(" or ", kinds)));
      return null;
    }
    return ACTIONS.get(given.get(0)).apply(at.field(given.get(0)));
  }

  private static Delay delay(Cursor at) {
    Duration length = at.duration(SHORTEST_DELAY, LONGEST, null);
    return length == null ? null : new Delay(length);
  }

  private static Map<String, Function<Cursor, Action>> actions() {
    Map<String, Function<Cursor, Action>> readers = new LinkedHashMap<>();
    readers.put("podChaos", PodChaosReader::podChaos);
    readers.put("networkDeny", FaultReader::networkDeny);
    readers.put("scaleDown", FaultReader::scaleDown);
    readers.put("nodeDrain", FaultReader::nodeDrain);
    readers.put("chaosMesh", FaultReader::chaosMesh);
    readers.put("delay", ExperimentReader::delay);
    return readers;
  }
}
