package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.Objects;

/**
 * The workloads that own the selected pods have fewer replicas until it ends; back to what they had
 * then, unless somebody has changed them meanwhile.
 *
 * @param replicas how many each workload keeps; 0 or more, and fewer than it has
 * @param duration how long; 30s when it does not say
 * @param selector which pods' Deployment, ReplicaSet or StatefulSet; all that it matches
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScaleDown(int replicas, @MayBeMissing Duration duration, Selector selector)
    implements Fault {

  public ScaleDown {
    duration = duration == null ? PodChaos.DEFAULT_DURATION : duration;
    Objects.requireNonNull(selector, "selector");
  }

  @Override
  public String faultName() {
    return "scale-down";
  }
}
