package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An experiment: a hypothesis about a model in production and the method that tests it. Instances
 * come from {@link ExperimentReader}, which has filled in the defaults and found no problem.
 *
 * @param apiVersion {@value #API_VERSION}
 * @param kind {@value #KIND}
 * @param metadata name and labels
 * @param spec everything else
 */
public record Experiment(String apiVersion, String kind, Metadata metadata, Spec spec) {

  public static final String API_VERSION = "greenstick.dev/v1";
  public static final String KIND = "Experiment";

  public Experiment {
    Objects.requireNonNull(apiVersion, "apiVersion");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(spec, "spec");
  }

  /** An experiment of this version of the API. */
  public Experiment(Metadata metadata, Spec spec) {
    this(API_VERSION, KIND, metadata, spec);
  }

  /** The experiment's name. */
  public ExperimentName name() {
    return metadata.name();
  }

  /**
   * @param name unique within the installation
   * @param labels for whoever selects; empty when there are none
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Metadata(ExperimentName name, @MayBeMissing Map<String, String> labels) {

    public Metadata {
      Objects.requireNonNull(name, "name");
      labels = labels == null ? Map.of() : Map.copyOf(labels);
    }
  }

  /**
   * @param clusters where it runs, each cluster a run of its own; at least one
   * @param probes what is asked for predictions; at least one
   * @param baseline how long the steady state is measured before the first fault
   * @param hypothesis what is believed
   * @param steps the method: one step after another; at least one
   * @param recovery how long is watched after the last fault ended
   * @param alerts where alerts are looked for meanwhile; empty looks nowhere
   * @param schedule when it runs by itself; null for never
   * @param dryRun true: faults are checked and their pods chosen and told, and nothing is touched;
   *     otherwise null
   */
  public record Spec(
      List<ClusterName> clusters,
      List<Probe> probes,
      Duration baseline,
      Hypothesis hypothesis,
      List<Step> steps,
      Duration recovery,
      @MayBeMissing @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AlertFeed> alerts,
      @MayBeMissing @JsonInclude(JsonInclude.Include.NON_NULL) Schedule schedule,
      @MayBeMissing @JsonInclude(JsonInclude.Include.NON_NULL) Boolean dryRun) {

    /** A spec that is carried out in earnest. */
    public Spec(
        List<ClusterName> clusters,
        List<Probe> probes,
        Duration baseline,
        Hypothesis hypothesis,
        List<Step> steps,
        Duration recovery,
        List<AlertFeed> alerts,
        Schedule schedule) {
      this(clusters, probes, baseline, hypothesis, steps, recovery, alerts, schedule, null);
    }

    /** A spec that looks for no alerts and runs only when somebody asks. */
    public Spec(
        List<ClusterName> clusters,
        List<Probe> probes,
        Duration baseline,
        Hypothesis hypothesis,
        List<Step> steps,
        Duration recovery) {
      this(clusters, probes, baseline, hypothesis, steps, recovery, List.of(), null);
    }

    public Spec {
      clusters = List.copyOf(clusters);
      probes = List.copyOf(probes);
      Objects.requireNonNull(baseline, "baseline");
      Objects.requireNonNull(hypothesis, "hypothesis");
      steps = List.copyOf(steps);
      Objects.requireNonNull(recovery, "recovery");
      alerts = alerts == null ? List.of() : List.copyOf(alerts);
      dryRun = Boolean.TRUE.equals(dryRun) ? true : null;
    }
  }

  /**
   * One step of the method; its branches run side by side.
   *
   * @param name unique within the experiment; names the step's facts in the hypothesis
   * @param branches at least one
   */
  public record Step(StepName name, List<Branch> branches) {

    public Step {
      Objects.requireNonNull(name, "name");
      branches = List.copyOf(branches);
    }
  }

  /**
   * One branch of a step; its actions run in order.
   *
   * @param actions at least one
   */
  public record Branch(List<Action> actions) {

    public Branch {
      actions = List.copyOf(actions);
    }
  }
}
