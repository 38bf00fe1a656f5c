package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A resource of Chaos Mesh, which is installed in the cluster and carries the fault out; the
 * injector creates it, waits until it is injected, and deletes it at the end.
 *
 * @param kind which resource
 * @param spec its spec, verbatim; with {@code selector}, and with {@code duration} or else 30s
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChaosMesh(Kind kind, Map<String, Object> spec) implements Fault {

  static final String SELECTOR = "selector";
  static final String TARGET = "target";
  static final String DURATION = "duration";

  public ChaosMesh {
    Objects.requireNonNull(kind, "kind");
    spec = spec == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(spec));
  }

  /** The spec's own duration. */
  @Override
  public Duration duration() {
    return spec.get(DURATION) instanceof String text
        ? GoDuration.parse(text)
        : PodChaos.DEFAULT_DURATION;
  }

  @Override
  public Selector selector() {
    return selectorIn(spec);
  }

  @Override
  public List<Selector> selectors() {
    List<Selector> all = new ArrayList<>(List.of(selector()));
    if (spec.get(TARGET) instanceof Map<?, ?> target) {
      all.add(selectorIn(target));
    }
    return all;
  }

  private static Selector selectorIn(Map<?, ?> spec) {
    return Json.mapper().convertValue(spec.get(SELECTOR), Selector.class);
  }

  @Override
  public String faultName() {
    return "chaos-mesh";
  }

  /** The kinds of Chaos Mesh that act on pods. */
  public enum Kind {
    @JsonProperty("PodChaos")
    POD_CHAOS("PodChaos"),
    @JsonProperty("NetworkChaos")
    NETWORK_CHAOS("NetworkChaos"),
    @JsonProperty("StressChaos")
    STRESS_CHAOS("StressChaos"),
    @JsonProperty("IOChaos")
    IO_CHAOS("IOChaos"),
    @JsonProperty("TimeChaos")
    TIME_CHAOS("TimeChaos"),
    @JsonProperty("DNSChaos")
    DNS_CHAOS("DNSChaos"),
    @JsonProperty("HTTPChaos")
    HTTP_CHAOS("HTTPChaos"),
    @JsonProperty("JVMChaos")
    JVM_CHAOS("JVMChaos");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As Kubernetes writes it. */
    public String text() {
      return text;
    }
  }
}
