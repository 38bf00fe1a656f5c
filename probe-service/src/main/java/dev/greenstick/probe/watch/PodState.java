package dev.greenstick.probe.watch;

import dev.greenstick.contracts.PodRef;
import java.util.List;

/**
 * What is told of a pod, as the API server has it; see {@link
 * dev.greenstick.contracts.health.PodHealth}.
 *
 * @param node null until it is scheduled
 * @param reason null when there is none
 */
public record PodState(
    PodRef pod,
    String resourceVersion,
    String phase,
    boolean ready,
    int restarts,
    List<String> images,
    String node,
    String reason) {

  /** The phase of a pod that is gone. */
  public static final String DELETED = "Deleted";

  public PodState {
    images = List.copyOf(images);
  }

  /** The same pod, gone. */
  PodState gone(String atVersion) {
    return new PodState(pod, atVersion, DELETED, false, restarts, images, node, null);
  }

  boolean isGone() {
    return phase.equals(DELETED);
  }

  /** Whether the other tells the same; versions alone tell nothing. */
  boolean tellsTheSameAs(PodState other) {
    return withVersion("").equals(other.withVersion(""));
  }

  private PodState withVersion(String version) {
    return new PodState(pod, version, phase, ready, restarts, images, node, reason);
  }
}
