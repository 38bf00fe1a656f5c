package dev.greenstick.injector.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.target.Images;
import java.util.Objects;

/**
 * A chosen pod and what it was before.
 *
 * @param pod namespace, name and UID
 * @param originals its images before the fault
 * @param on the object by which the fault reaches the pod, its node for example; null for the pod
 *     itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Victim(PodRef pod, Images originals, ResourceRef on) {

  public Victim {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(originals, "originals");
  }

  /** A pod that the fault changes itself. */
  public Victim(PodRef pod, Images originals) {
    this(pod, originals, null);
  }
}
