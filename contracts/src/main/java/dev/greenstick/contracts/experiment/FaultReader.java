package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads the faults that are not Chaos Mesh's own words, and reports every problem at once. */
final class FaultReader {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final String WHICH_PODS =
      "say which pods, for example {\"namespaces\":[\"default\"]}";

  private FaultReader() {}

  /** The spec at this place; null when it has a problem. */
  static NetworkDeny networkDeny(Cursor at) {
    int before = at.problems();
    if (!at.isObject("mode", "value", "direction", "duration", "selector")) {
      return null;
    }
    Mode mode =
        at.required("mode", "write one, all, fixed, fixed-percent or random-max-percent")
            .oneOf(Mode.class);
    String value = mode == null ? null : PodChaosReader.value(at.field("value"), mode);
    NetworkDeny.Direction direction = at.field("direction").oneOf(NetworkDeny.Direction.class);
    Duration duration = duration(at);
    Selector selector = selector(at);
    return at.problems() > before
        ? null
        : new NetworkDeny(mode, value, direction, duration, selector);
  }

  /** The spec at this place; null when it has a problem. */
  static ScaleDown scaleDown(Cursor at) {
    int before = at.problems();
    if (!at.isObject("replicas", "duration", "selector")) {
      return null;
    }
    Long replicas = whole(at.required("replicas", "write how many replicas are left, 0 or more"));
    Duration duration = duration(at);
    Selector selector = selector(at);
    return at.problems() > before ? null : new ScaleDown(replicas.intValue(), duration, selector);
  }

  /** The spec at this place; null when it has a problem. */
  static NodeDrain nodeDrain(Cursor at) {
    int before = at.problems();
    if (!at.isObject("gracePeriod", "duration", "selector")) {
      return null;
    }
    Long gracePeriod = whole(at.field("gracePeriod"));
    Duration duration = duration(at);
    Selector selector = selector(at);
    return at.problems() > before ? null : new NodeDrain(gracePeriod, duration, selector);
  }

  /**
   * The resource at this place; null when it has a problem. Of its spec only what the injector
   * itself goes by is read; the rest is Chaos Mesh's to judge.
   */
  static ChaosMesh chaosMesh(Cursor at) {
    int before = at.problems();
    if (!at.isObject("kind", "spec")) {
      return null;
    }
    ChaosMesh.Kind kind =
        at.required("kind", "write PodChaos, NetworkChaos or another one")
            .oneOf(ChaosMesh.Kind.class);
    Cursor spec = at.required("spec", "write the resource's spec, verbatim");
    if (!spec.isPresent()) {
      return null;
    }
    if (!spec.node().isObject()) {
      spec.problem("must be an object" + spec.described());
      return null;
    }
    if (spec.field("remoteCluster").isPresent()) {
      spec.field("remoteCluster")
          .problem("is not taken here; name clusters in the experiment's spec.clusters");
    }
    Duration duration = duration(spec);
    Selector selector = selector(spec);
    if (spec.field(ChaosMesh.TARGET).isPresent()) {
      selector(spec.field(ChaosMesh.TARGET));
    }
    if (selector != null && namespaces(selector) != 1) {
      spec.field(ChaosMesh.SELECTOR)
          .problem("must name one namespace; the resource is created in it");
    }
    return at.problems() > before || duration == null
        ? null
        : new ChaosMesh(
            kind,
            Json.mapper().convertValue(spec.node(), new TypeReference<Map<String, Object>>() {}));
  }

  private static long namespaces(Selector selector) {
    return (selector.pods().isEmpty()
            ? selector.namespaces()
            : List.copyOf(selector.pods().keySet()))
        .stream().distinct().count();
  }

  private static Duration duration(Cursor at) {
    return at.field(ChaosMesh.DURATION).duration(SHORTEST, LONGEST, PodChaos.DEFAULT_DURATION);
  }

  private static Selector selector(Cursor at) {
    return PodChaosReader.selector(at.required(ChaosMesh.SELECTOR, WHICH_PODS));
  }

  private static Long whole(Cursor at) {
    if (!at.isPresent()) {
      return null;
    }
    if (!at.node().isIntegralNumber()
        || !at.node().canConvertToInt()
        || at.node().longValue() < 0) {
      at.problem("must be a whole number, 0 or more" + at.described());
      return null;
    }
    return at.node().longValue();
  }
}
