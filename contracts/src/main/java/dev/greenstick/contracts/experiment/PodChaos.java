package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Chaos Mesh's PodChaos spec, verbatim. Instances come from {@link PodChaosReader}, which has found
 * no problem.
 *
 * @param action what is done to a pod
 * @param mode how many of the candidates are chosen
 * @param value the mode's number as text; null for modes without one
 * @param duration how long; Chaos Mesh leaves it open, here it defaults to {@code 30s}
 * @param gracePeriod seconds that a killed pod has to end; 0, the default, kills at once
 * @param containerNames the containers that container-kill kills; otherwise ignored
 * @param selector which pods are candidates
 * @param respectDisruptionBudgets true: pod-kill evicts, and a disruption budget may refuse it;
 *     otherwise null; not of Chaos Mesh
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodChaos(
    PodAction action,
    Mode mode,
    @MayBeMissing String value,
    @MayBeMissing Duration duration,
    @MayBeMissing long gracePeriod,
    @MayBeMissing List<String> containerNames,
    Selector selector,
    @MayBeMissing Boolean respectDisruptionBudgets)
    implements Fault {

  /** How long a fault lasts that does not say. */
  public static final Duration DEFAULT_DURATION = Duration.ofSeconds(30);

  public PodChaos {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(mode, "mode");
    duration = duration == null ? DEFAULT_DURATION : duration;
    containerNames = containerNames == null ? List.of() : List.copyOf(containerNames);
    Objects.requireNonNull(selector, "selector");
    respectDisruptionBudgets = Boolean.TRUE.equals(respectDisruptionBudgets) ? true : null;
  }

  /** Whether a pod is killed by eviction. */
  public boolean evicts() {
    return respectDisruptionBudgets != null;
  }

  /** What Chaos Mesh knows: killed whatever a disruption budget says. */
  public PodChaos(
      PodAction action,
      Mode mode,
      String value,
      Duration duration,
      long gracePeriod,
      List<String> containerNames,
      Selector selector) {
    this(action, mode, value, duration, gracePeriod, containerNames, selector, null);
  }

  @Override
  public String faultName() {
    return switch (action) {
      case POD_FAILURE -> "pod-failure";
      case POD_KILL -> "pod-kill";
      case CONTAINER_KILL -> "container-kill";
    };
  }

  /** What is done to a pod. */
  public enum PodAction {
    /** Sustained: every image becomes a pause image until the fault ends. */
    @JsonProperty("pod-failure")
    POD_FAILURE,
    /** One-shot: the pod is deleted. */
    @JsonProperty("pod-kill")
    POD_KILL,
    /** One-shot: the main process of the named containers gets SIGKILL. */
    @JsonProperty("container-kill")
    CONTAINER_KILL
  }

  /** How many of n candidates are chosen. */
  public enum Mode {
    @JsonProperty("one")
    ONE,
    @JsonProperty("all")
    ALL,
    @JsonProperty("fixed")
    FIXED,
    @JsonProperty("fixed-percent")
    FIXED_PERCENT,
    @JsonProperty("random-max-percent")
    RANDOM_MAX_PERCENT
  }

  /**
   * Which pods are candidates: non-empty {@code pods} overrides the rest; otherwise all of them
   * must hold.
   *
   * @param namespaces in any of these
   * @param labelSelectors label equals value
   * @param expressionSelectors set-based label requirements
   * @param fieldSelectors field equals value
   * @param annotationSelectors annotation equals value
   * @param podPhaseSelectors phases; with a leading {@code !} excluded ones
   * @param nodes on any of these nodes
   * @param nodeSelectors or on nodes with these labels
   * @param pods namespace to names
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Selector(
      @MayBeMissing List<String> namespaces,
      @MayBeMissing Map<String, String> labelSelectors,
      @MayBeMissing List<Requirement> expressionSelectors,
      @MayBeMissing Map<String, String> fieldSelectors,
      @MayBeMissing Map<String, String> annotationSelectors,
      @MayBeMissing List<String> podPhaseSelectors,
      @MayBeMissing List<String> nodes,
      @MayBeMissing Map<String, String> nodeSelectors,
      @MayBeMissing Map<String, List<String>> pods) {

    public Selector {
      namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
      labelSelectors = labelSelectors == null ? Map.of() : Map.copyOf(labelSelectors);
      expressionSelectors =
          expressionSelectors == null ? List.of() : List.copyOf(expressionSelectors);
      fieldSelectors = fieldSelectors == null ? Map.of() : Map.copyOf(fieldSelectors);
      annotationSelectors =
          annotationSelectors == null ? Map.of() : Map.copyOf(annotationSelectors);
      podPhaseSelectors = podPhaseSelectors == null ? List.of() : List.copyOf(podPhaseSelectors);
      nodes = nodes == null ? List.of() : List.copyOf(nodes);
      nodeSelectors = nodeSelectors == null ? Map.of() : Map.copyOf(nodeSelectors);
      pods =
          pods == null
              ? Map.of()
              : pods.entrySet().stream()
                  .collect(
                      Collectors.toUnmodifiableMap(
                          Map.Entry::getKey, names -> List.copyOf(names.getValue())));
    }

    /** Candidates are all pods of these namespaces. */
    public static Selector ofNamespaces(String... namespaces) {
      return new Selector(List.of(namespaces), null, null, null, null, null, null, null, null);
    }

    /** Candidates are the pods of a namespace that have all these labels. */
    public static Selector ofLabels(String namespace, Map<String, String> labels) {
      return new Selector(List.of(namespace), labels, null, null, null, null, null, null, null);
    }

    /** Candidates are these pods of a namespace. */
    public static Selector ofPods(String namespace, String... names) {
      return new Selector(
          null, null, null, null, null, null, null, null, Map.of(namespace, List.of(names)));
    }
  }

  /**
   * One set-based requirement on a label.
   *
   * @param key the label
   * @param operator In, NotIn, Exists or DoesNotExist
   * @param values for In and NotIn; empty otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Requirement(String key, Operator operator, @MayBeMissing List<String> values) {

    public Requirement {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(operator, "operator");
      values = values == null ? List.of() : List.copyOf(values);
    }
  }

  /** Operators of set-based requirements, as Kubernetes writes them. */
  public enum Operator {
    @JsonProperty("In")
    IN,
    @JsonProperty("NotIn")
    NOT_IN,
    @JsonProperty("Exists")
    EXISTS,
    @JsonProperty("DoesNotExist")
    DOES_NOT_EXIST
  }
}
