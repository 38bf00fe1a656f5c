package dev.greenstick.contracts.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A watched pod is in this state from now on; emitted when a run begins and whenever the state
 * differs from the last.
 *
 * @param run the run
 * @param pod the pod
 * @param at when the state was seen
 * @param resourceVersion the API server's version of the pod in this state; opaque
 * @param phase Pending, Running, Succeeded, Failed, Unknown, or Deleted when the pod is gone
 * @param ready the Ready condition
 * @param restarts restarts of all its containers together
 * @param images the images of its containers, in their order
 * @param node the node; null until it is scheduled
 * @param reason why it is not ready, as the API server words it; null when there is none
 */
@EventType("dev.greenstick.health.pod.v1")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodHealth(
    RunRef run,
    PodRef pod,
    Instant at,
    String resourceVersion,
    String phase,
    boolean ready,
    int restarts,
    List<String> images,
    @MayBeMissing String node,
    @MayBeMissing String reason)
    implements HealthEvent {

  public PodHealth {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(resourceVersion, "resourceVersion");
    Objects.requireNonNull(phase, "phase");
    images = List.copyOf(images);
  }

  @Override
  public String identity() {
    return pod.uid() + "/" + resourceVersion + "/" + phase;
  }
}
