package dev.greenstick.injector.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.target.Images;
import java.util.List;
import java.util.Objects;

/**
 * A chosen pod and what it was before.
 *
 * @param pod namespace, name and UID
 * @param originals its images before the fault
 * @param on the object by which the fault reaches the pod, its node for example; null for the pod
 *     itself
 * @param runs the runs of its containers that the fault ends; empty where it ends none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Victim(
    PodRef pod,
    Images originals,
    ResourceRef on,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Run> runs) {

  public Victim {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(originals, "originals");
    runs = runs == null ? List.of() : List.copyOf(runs);
  }

  /** A pod that the fault changes itself. */
  public Victim(PodRef pod, Images originals) {
    this(pod, originals, null, List.of());
  }

  /** A pod that the fault reaches by another object. */
  public Victim(PodRef pod, Images originals, ResourceRef on) {
    this(pod, originals, on, List.of());
  }
}
