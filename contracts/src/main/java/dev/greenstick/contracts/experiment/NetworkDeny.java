package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.Objects;

/**
 * Network policies against the chosen pods: connections to or from them time out until it ends. The
 * cluster's network plugin must enforce policies; a node's own probes always get through.
 *
 * @param mode how many of the candidates are chosen
 * @param value the mode's number as text; null for modes without one
 * @param direction which connections are denied; ingress when it does not say
 * @param duration how long; 30s when it does not say
 * @param selector which pods are candidates
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkDeny(
    Mode mode,
    @MayBeMissing String value,
    @MayBeMissing Direction direction,
    @MayBeMissing Duration duration,
    Selector selector)
    implements Fault {

  public NetworkDeny {
    Objects.requireNonNull(mode, "mode");
    direction = direction == null ? Direction.INGRESS : direction;
    duration = duration == null ? PodChaos.DEFAULT_DURATION : duration;
    Objects.requireNonNull(selector, "selector");
  }

  @Override
  public String faultName() {
    return "network-deny";
  }

  /** Which connections are denied. */
  public enum Direction {
    /** Those that others open to the pod. */
    @JsonProperty("ingress")
    INGRESS,
    /** Those that the pod opens. */
    @JsonProperty("egress")
    EGRESS,
    @JsonProperty("both")
    BOTH
  }
}
