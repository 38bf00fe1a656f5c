package dev.greenstick.injector.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.experiment.PodChaos.Operator;
import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {

  private static final List<String> ALLOWED = List.of("default", "models");

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void candidates_are_those_pods_that_hold_every_condition(long seed) {
    // Given
    Random random = new Random(seed);
    List<Pod> pods = pods(random);
    Selector selector = selector(random);

    // When
    List<Pod> candidates = Selection.candidates(selector, ALLOWED, pods);

    // Then
    assertThat(candidates)
        .containsExactlyElementsOf(
            pods.stream()
                .distinct()
                .filter(pod -> expected(selector, pod))
                .sorted((one, other) -> one.ref().compareTo(other.ref()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void candidates_do_not_depend_on_the_order_of_the_answer(long seed) {
    // Given
    Random random = new Random(seed);
    List<Pod> pods = pods(random);
    List<Pod> shuffled = new ArrayList<>(pods);
    shuffled.addAll(pods);
    Collections.shuffle(shuffled, random);
    Selector selector = selector(random);

    // When
    List<Pod> candidates = Selection.candidates(selector, ALLOWED, shuffled);

    // Then
    assertThat(candidates).isEqualTo(Selection.candidates(selector, ALLOWED, pods));
  }

  /** The same meaning in the words of podchaos.md, one condition after another. */
  private static boolean expected(Selector selector, Pod pod) {
    if (pod.terminating()) {
      return false;
    }
    if (!selector.pods().isEmpty()) {
      List<String> names = selector.pods().get(pod.ref().namespace());
      return names != null && names.contains(pod.ref().name());
    }
    boolean namespace =
        (selector.namespaces().isEmpty() ? ALLOWED : selector.namespaces())
            .contains(pod.ref().namespace());
    boolean labels = true;
    for (var label : selector.labelSelectors().entrySet()) {
      labels &= label.getValue().equals(pod.labels().get(label.getKey()));
    }
    for (Requirement each : selector.expressionSelectors()) {
      boolean there = pod.labels().containsKey(each.key());
      boolean among = there && each.values().contains(pod.labels().get(each.key()));
      labels &=
          switch (each.operator()) {
            case IN -> among;
            case NOT_IN -> !among;
            case EXISTS -> there;
            case DOES_NOT_EXIST -> !there;
          };
    }
    boolean annotations = true;
    for (var annotation : selector.annotationSelectors().entrySet()) {
      annotations &= annotation.getValue().equals(pod.annotations().get(annotation.getKey()));
    }
    boolean included = false;
    boolean anyIncluded = false;
    boolean excluded = false;
    for (String phase : selector.podPhaseSelectors()) {
      if (phase.startsWith("!")) {
        excluded |= phase.equals("!" + pod.phase());
      } else {
        anyIncluded = true;
        included |= phase.equals(pod.phase());
      }
    }
    boolean node = selector.nodes().isEmpty() || selector.nodes().contains(pod.node());
    return namespace && labels && annotations && (included || !anyIncluded) && !excluded && node;
  }

  private static List<Pod> pods(Random random) {
    List<Pod> pods = new ArrayList<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String namespace = pick(random, "default", "models", "other");
      pods.add(
          new Pod(
              new PodRef(namespace, "pod-" + random.nextInt(6), "uid-" + i),
              String.valueOf(i),
              some(random, "app", "tier"),
              some(random, "owner"),
              pick(random, "Pending", "Running", "Succeeded"),
              pick(random, "node-1", "node-2", ""),
              random.nextInt(5) == 0,
              Images.NONE,
              null,
              false));
    }
    return pods;
  }

  private static Selector selector(Random random) {
    Operator operator = Operator.values()[random.nextInt(4)];
    return new Selector(
        sometimes(random, List.of("default", "models", "default"), List.of()),
        sometimes(random, some(random, "app"), Map.of()),
        sometimes(
            random,
            List.of(
                new Requirement(
                    pick(random, "app", "tier"),
                    operator,
                    operator == Operator.IN || operator == Operator.NOT_IN
                        ? List.of("a", "b")
                        : List.of())),
            List.of()),
        null,
        sometimes(random, some(random, "owner"), Map.of()),
        sometimes(random, List.of(pick(random, "Running", "!Running"), "!Failed"), List.of()),
        sometimes(random, List.of("node-1"), List.of()),
        null,
        random.nextInt(5) == 0 ? Map.of("default", List.of("pod-1", "pod-2")) : null);
  }

  private static Map<String, String> some(Random random, String... keys) {
    return switch (random.nextInt(4)) {
      case 0 -> Map.of();
      default -> Map.of(pick(random, keys), pick(random, "a", "b", "c"));
    };
  }

  private static <T> T sometimes(Random random, T then, T otherwise) {
    return random.nextInt(3) == 0 ? then : otherwise;
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }

  @Test
  void selector_becomes_one_query_a_namespace_with_the_api_servers_own_selectors() {
    // Given
    Selector selector =
        new Selector(
            List.of("models", "default", "models"),
            Map.of("app", "vision", "a", "b"),
            List.of(
                new Requirement("tier", Operator.IN, List.of("x", "y")),
                new Requirement("zone", Operator.NOT_IN, List.of("z")),
                new Requirement("blue", Operator.EXISTS, null),
                new Requirement("green", Operator.DOES_NOT_EXIST, null)),
            Map.of("metadata.name", "m-1"),
            null,
            List.of("Running", "!Failed"),
            List.of("node-1"),
            null,
            null);

    // When
    List<PodQuery> queries = Selection.queries(selector, ALLOWED);

    // Then
    String labels = "a=b,app=vision,tier in (x,y),zone notin (z),blue,!green";
    String fields =
        "metadata.name=m-1,spec.nodeName=node-1,status.phase!=Failed,status.phase=Running";
    assertThat(queries)
        .containsExactly(
            new PodQuery("default", labels, fields, List.of()),
            new PodQuery("models", labels, fields, List.of()));
  }

  @Test
  void selector_of_pods_is_asked_by_name_and_overrides_the_rest() {
    // Given
    Selector selector =
        new Selector(
            List.of("models"),
            Map.of("app", "vision"),
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of("default", List.of("b", "a", "b")));

    // When
    List<PodQuery> queries = Selection.queries(selector, ALLOWED);

    // Then
    assertThat(queries).containsExactly(PodQuery.named("default", List.of("a", "b")));
    assertThat(Selection.namespaces(selector, ALLOWED)).isEqualTo(Set.of("default"));
  }

  @Test
  void selector_without_namespaces_means_every_allowed_one() {
    // Given
    Selector selector =
        new Selector(null, Map.of("app", "vision"), null, null, null, null, null, null, null);

    // When
    List<PodQuery> queries = Selection.queries(selector, ALLOWED);

    // Then
    assertThat(queries).extracting(PodQuery::namespace).containsExactly("default", "models");
  }
}
