package dev.greenstick.injector.cluster;

import dev.greenstick.injector.target.Images;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a patch changes in a pod; everything else stays.
 *
 * @param images new images of the containers it names
 * @param annotations new values; empty removes the annotation
 * @param labels new values; empty removes the label
 */
public record PodChange(
    Images images,
    Map<String, Optional<String>> annotations,
    Map<String, Optional<String>> labels) {

  public PodChange {
    Objects.requireNonNull(images, "images");
    annotations = Map.copyOf(annotations);
    labels = Map.copyOf(labels);
  }
}
