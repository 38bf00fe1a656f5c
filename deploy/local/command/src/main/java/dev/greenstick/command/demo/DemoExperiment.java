package dev.greenstick.command.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentReader;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An experiment as somebody wrote it, on its way to one that can be run here: what the demo alone
 * knows is filled in, what the user chose is put in. Each method gives a new one.
 *
 * @param name what it is called in messages: a file or {@code the built-in experiment}
 * @param document the experiment's tree; never changed once it is here
 */
public record DemoExperiment(String name, ObjectNode document) {

  /** The one cluster of the demo. */
  public static final ClusterName CLUSTER = new ClusterName("local");

  private static final String SPEC = "spec";
  private static final String PROBES = "probes";
  private static final String REQUESTS = "requests";

  /**
   * Reads YAML or JSON.
   *
   * @throws CouldNotRun when it is neither, or no object
   */
  public static DemoExperiment read(String name, String text) throws CouldNotRun {
    try {
      if (new YAMLMapper().readTree(text) instanceof ObjectNode document) {
        return new DemoExperiment(name, document);
      }
    } catch (JsonProcessingException e) {
      throw new CouldNotRun(
          name
              + " is neither YAML nor JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
    throw new CouldNotRun(
        name
            + " holds no experiment: it must be an object with apiVersion, kind, metadata and spec");
  }

  /** With the spec as the one fault of the method. */
  public DemoExperiment withFault(JsonNode podChaos) {
    ObjectNode copy = document.deepCopy();
    ObjectNode step = copy.withObject("/" + SPEC).putArray("steps").addObject();
    step.put("name", "fail");
    step.putArray("branches").addObject().putArray("actions").addObject().set("podChaos", podChaos);
    return new DemoExperiment(name, copy);
  }

  /** With faults that choose among the pods of this namespace. */
  public DemoExperiment withNamespace(String namespace) {
    ObjectNode copy = document.deepCopy();
    podChaos(copy)
        .forEach(
            spec -> {
              ArrayNode namespaces = spec.withObject("/selector").putArray("namespaces");
              namespaces.add(namespace);
            });
    return new DemoExperiment(name, copy);
  }

  /** With faults of this length. */
  public DemoExperiment withDuration(Duration duration) {
    ObjectNode copy = document.deepCopy();
    podChaos(copy).forEach(spec -> spec.put("duration", GoDuration.format(duration)));
    return new DemoExperiment(name, copy);
  }

  /** With a baseline of this length. */
  public DemoExperiment withBaseline(Duration baseline) {
    ObjectNode copy = document.deepCopy();
    copy.withObject("/" + SPEC).put("baseline", GoDuration.format(baseline));
    return new DemoExperiment(name, copy);
  }

  /** With a cluster and, for probes that say none, a URL. */
  public DemoExperiment filledIn(URI url) {
    ObjectNode copy = document.deepCopy();
    ObjectNode spec = copy.withObject("/" + SPEC);
    if (spec.path("clusters").isMissingNode()) {
      spec.putArray("clusters").add(CLUSTER.value());
    }
    probes(copy)
        .filter(probe -> probe.path("url").isMissingNode())
        .forEach(probe -> probe.put("url", url.toString()));
    return new DemoExperiment(name, copy);
  }

  /** With every probe asking this model. */
  public DemoExperiment asking(URI url, String model) {
    ObjectNode copy = document.deepCopy();
    probes(copy).forEach(probe -> probe.put("url", url.toString()).put("model", model));
    return new DemoExperiment(name, copy);
  }

  /** With every probe sending these requests, a list of {@code inputs} and {@code expect}. */
  public DemoExperiment sending(JsonNode requests) {
    ObjectNode copy = document.deepCopy();
    probes(copy).forEach(probe -> probe.set(REQUESTS, requests));
    return new DemoExperiment(name, copy);
  }

  /** Without the assertions on correctness, for requests whose right answer nobody knows. */
  public DemoExperiment withoutCorrectness() {
    ObjectNode copy = document.deepCopy();
    for (String kind : List.of("steadyState", "assertions")) {
      if (copy.path(SPEC).path("hypothesis").path(kind) instanceof ArrayNode assertions) {
        for (int i = assertions.size() - 1; i >= 0; i--) {
          if (assertions.get(i).asText().contains(".correctness")) {
            assertions.remove(i);
          }
        }
      }
    }
    return new DemoExperiment(name, copy);
  }

  /**
   * The experiment, with every default.
   *
   * @throws CouldNotRun with every problem, or when it is for other clusters than the demo has
   */
  public Experiment valid() throws CouldNotRun {
    return switch (ExperimentReader.read(text())) {
      case ExperimentReader.Reading.Invalid invalid ->
          throw new CouldNotRun(
              name
                  + " is not valid: "
                  + invalid.problems().stream()
                      .map(Problem::toString)
                      .collect(Collectors.joining("; ")));
      case ExperimentReader.Reading.Valid valid -> onTheOneCluster(valid.experiment());
    };
  }

  private Experiment onTheOneCluster(Experiment experiment) throws CouldNotRun {
    if (!experiment.spec().clusters().equals(List.of(CLUSTER))) {
      throw new CouldNotRun(
          name
              + " is for "
              + experiment.spec().clusters().stream()
                  .map(ClusterName::value)
                  .collect(Collectors.joining(", "))
              + ", and the demo has one cluster: leave spec.clusters out or write ["
              + CLUSTER.value()
              + "]");
    }
    return experiment;
  }

  /** The document, in JSON. */
  public String text() {
    try {
      return Json.mapper().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every namespace that the experiment's faults name. */
  public static Set<String> namespaces(Experiment experiment) {
    return faults(experiment)
        .flatMap(fault -> fault.selectors().stream())
        .flatMap(
            selector ->
                Stream.concat(selector.namespaces().stream(), selector.pods().keySet().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How long a run takes that goes by its plan. */
  public static Duration length(Experiment experiment) {
    return faults(experiment)
        .map(Fault::duration)
        .reduce(experiment.spec().baseline().plus(experiment.spec().recovery()), Duration::plus);
  }

  private static Stream<Fault> faults(Experiment experiment) {
    return experiment.spec().steps().stream()
        .flatMap(step -> step.branches().stream())
        .flatMap(branch -> branch.actions().stream())
        .filter(Fault.class::isInstance)
        .map(Fault.class::cast);
  }

  private static Stream<ObjectNode> probes(ObjectNode document) {
    return objects(document.path(SPEC).path(PROBES));
  }

  private static Stream<ObjectNode> podChaos(ObjectNode document) {
    return objects(document.path(SPEC).path("steps"))
        .flatMap(step -> objects(step.path("branches")))
        .flatMap(branch -> objects(branch.path("actions")))
        .map(action -> action.path("podChaos"))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  private static Stream<ObjectNode> objects(JsonNode array) {
    return array.valueStream().filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
  }
}
