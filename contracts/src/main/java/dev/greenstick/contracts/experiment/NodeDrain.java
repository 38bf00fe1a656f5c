package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.Objects;

/**
 * One node that runs selected pods is cordoned, these pods are evicted as their disruption budgets
 * allow, and the node is uncordoned at the end. Pods that are not selected stay.
 *
 * @param gracePeriod seconds that an evicted pod has to end; null for the pod's own
 * @param duration how long the node stays cordoned; 30s when it does not say
 * @param selector which pods are evicted; {@code nodes} and {@code nodeSelectors} say on which
 *     nodes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeDrain(
    @MayBeMissing Long gracePeriod, @MayBeMissing Duration duration, Selector selector)
    implements Fault {

  public NodeDrain {
    duration = duration == null ? PodChaos.DEFAULT_DURATION : duration;
    Objects.requireNonNull(selector, "selector");
  }

  @Override
  public String faultName() {
    return "node-drain";
  }
}
