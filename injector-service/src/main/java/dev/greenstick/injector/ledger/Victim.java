package dev.greenstick.injector.ledger;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.target.Images;
import java.util.Objects;

/**
 * A chosen pod and what it was before.
 *
 * @param pod namespace, name and UID
 * @param originals its images before the fault
 */
public record Victim(PodRef pod, Images originals) {

  public Victim {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(originals, "originals");
  }
}
