package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.Operator;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads a PodChaos spec as Chaos Mesh takes it, and reports every problem at once. The meaning of
 * the fields, and what is refused, is Chaos Mesh's ({@code api/v1alpha1} and {@code
 * pkg/selector/pod}), except that a duration is always set and pods are always named by namespace.
 */
public final class PodChaosReader {

  private static final List<String> PHASES =
      List.of("Pending", "Running", "Succeeded", "Failed", "Unknown");
  private static final Duration SHORTEST = Duration.ofNanos(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final String OF_A_MANIFEST =
      "belongs to a whole manifest; give only what stands under its spec";
  private static final Map<String, String> HINTS =
      Map.of(
          "remoteCluster",
          "is not taken here; name clusters in the experiment's spec.clusters",
          "scheduler",
          "is of Chaos Mesh 1.x and gone since; schedules are the experiment's own field schedule",
          "apiVersion",
          OF_A_MANIFEST,
          "kind",
          OF_A_MANIFEST,
          "metadata",
          OF_A_MANIFEST,
          "spec",
          OF_A_MANIFEST);

  private PodChaosReader() {}

  /** What came of reading. */
  public sealed interface Reading {

    /** A spec that an injector can carry out, as far as can be said without the cluster. */
    record Valid(PodChaos spec) implements Reading {}

    /** Every problem at once; at least one. */
    record Invalid(List<Problem> problems) implements Reading {}
  }

  /** Reads one spec, JSON or YAML. Never throws for what the text holds. */
  public static Reading read(String document) {
    Problems problems = new Problems();
    var tree = Document.parse(document, problems);
    PodChaos spec = tree == null ? null : podChaos(Cursor.root(tree, problems));
    return spec == null ? new Reading.Invalid(problems.all()) : new Reading.Valid(spec);
  }

  /** The spec at this place; null when it has a problem. */
  static PodChaos podChaos(Cursor at) {
    int before = at.problems();
    if (!at.isObject(
        HINTS,
        "action",
        "mode",
        "value",
        "duration",
        "gracePeriod",
        "containerNames",
        "selector",
        "respectDisruptionBudgets")) {
      return null;
    }
    PodAction action =
        at.required("action", "write pod-failure, pod-kill or container-kill")
            .oneOf(PodAction.class);
    Mode mode =
        at.required("mode", "write one, all, fixed, fixed-percent or random-max-percent")
            .oneOf(Mode.class);
    String value = mode == null ? null : value(at.field("value"), mode);
    Duration duration = at.field("duration").duration(SHORTEST, LONGEST, PodChaos.DEFAULT_DURATION);
    Long gracePeriod = gracePeriod(at.field("gracePeriod"));
    Cursor containers = at.field("containerNames");
    List<String> containerNames = containers.list(Cursor::text);
    if (action == PodAction.CONTAINER_KILL && containerNames.isEmpty()) {
      containers.problem("is missing; container-kill needs the names of the containers to kill");
    }
    Selector selector =
        selector(
            at.required("selector", "say which pods, for example {\"namespaces\":[\"default\"]}"));
    boolean respectBudgets = respectBudgets(at.field("respectDisruptionBudgets"), action);
    return at.problems() > before
        ? null
        : new PodChaos(
            action, mode, value, duration, gracePeriod, containerNames, selector, respectBudgets);
  }

  private static boolean respectBudgets(Cursor at, PodAction action) {
    if (!at.isPresent()) {
      return false;
    }
    boolean respects = Boolean.TRUE.equals(at.truth());
    if (respects && action != null && action != PodAction.POD_KILL) {
      at.problem("is for pod-kill alone: disruption budgets speak of evicted pods");
    }
    return respects;
  }

  private static Long gracePeriod(Cursor at) {
    if (!at.isPresent()) {
      return 0L;
    }
    if (!at.node().isIntegralNumber()
        || !at.node().canConvertToInt()
        || at.node().longValue() < 0) {
      at.problem("must be a whole number of seconds, 0 or more" + at.described());
      return null;
    }
    return at.node().longValue();
  }

  /** Modes without a value ignore one, as Chaos Mesh does: its dashboard writes an empty one. */
  static String value(Cursor at, Mode mode) {
    return switch (mode) {
      case ONE, ALL -> {
        if (at.isPresent() && !at.node().isTextual() && !at.node().isNumber()) {
          at.problem("must be a number as text" + at.described());
        }
        yield null;
      }
      case FIXED -> whole(at, 1, Integer.MAX_VALUE, "fixed needs how many pods: 1 or more");
      case FIXED_PERCENT, RANDOM_MAX_PERCENT ->
          whole(at, 1, 100, "this mode needs a percentage: a whole number from 1 to 100");
    };
  }

  private static String whole(Cursor at, int from, int to, String rule) {
    if (!at.isPresent()) {
      at.problem("is missing; " + rule);
      return null;
    }
    if (at.node().isTextual() || at.node().isNumber()) {
      try {
        int number = Integer.parseInt(at.node().asText());
        if (number >= from && number <= to) {
          return String.valueOf(number);
        }
      } catch (NumberFormatException e) {
        // Said below, with the other reasons.
      }
    }
    at.problem(rule + at.described());
    return null;
  }

  static Selector selector(Cursor at) {
    if (!at.isPresent()
        || !at.isObject(
            "namespaces",
            "labelSelectors",
            "expressionSelectors",
            "fieldSelectors",
            "annotationSelectors",
            "podPhaseSelectors",
            "nodes",
            "nodeSelectors",
            "pods")) {
      return null;
    }
    Selector selector =
        new Selector(
            at.field("namespaces").list(PodChaosReader::namespace),
            at.field("labelSelectors").map(Cursor::value),
            at.field("expressionSelectors").list(PodChaosReader::requirement),
            at.field("fieldSelectors").map(Cursor::value),
            at.field("annotationSelectors").map(Cursor::value),
            at.field("podPhaseSelectors").list(PodChaosReader::phase),
            at.field("nodes").list(Cursor::text),
            at.field("nodeSelectors").map(Cursor::value),
            pods(at.field("pods")));
    if (at.field("namespaces").node().isEmpty() && at.field("pods").node().isEmpty()) {
      at.problem("names neither namespaces nor pods; add namespaces, or it would be all pods");
    }
    return selector;
  }

  private static String namespace(Cursor at) {
    return at.name(name -> name);
  }

  private static Map<String, List<String>> pods(Cursor at) {
    return at.map(names -> names.someOf("name pods of this namespace", Cursor::text));
  }

  private static Requirement requirement(Cursor at) {
    if (!at.isObject("key", "operator", "values")) {
      return null;
    }
    int before = at.problems();
    String key = at.required("key", "name a label").text();
    Operator operator =
        at.required("operator", "write In, NotIn, Exists or DoesNotExist").oneOf(Operator.class);
    Cursor given = at.field("values");
    List<String> values = given.list(Cursor::value);
    if (operator != null) {
      boolean needsValues = operator == Operator.IN || operator == Operator.NOT_IN;
      if (needsValues && !given.isPresent()) {
        given.problem("is missing; In and NotIn compare with one or more values");
      } else if (needsValues && given.node().isEmpty()) {
        given.problem("must not be empty; In and NotIn compare with one or more values");
      } else if (!needsValues && !values.isEmpty()) {
        given.problem("must be left out; Exists and DoesNotExist compare with nothing");
      }
    }
    return at.problems() > before ? null : new Requirement(key, operator, values);
  }

  private static String phase(Cursor at) {
    String phase = at.text();
    if (phase == null) {
      return null;
    }
    String plain = phase.startsWith("!") ? phase.substring(1) : phase;
    if (!PHASES.contains(plain)) {
      at.problem(
          "is no phase of a pod%s; %s"
              .formatted(at.described(), Nearest.hint(plain, PHASES.toArray(String[]::new))));
      return null;
    }
    return phase;
  }
}
