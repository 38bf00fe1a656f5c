package dev.greenstick.command.display;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.health.PodHealth;
import java.util.List;

/**
 * A pod as it was seen last.
 *
 * @param first its state when it was first seen
 * @param last its state now
 * @param hit whether a fault of the run chose it
 */
record PodSeen(PodHealth first, PodHealth last, boolean hit) {

  private static final String DELETED = "Deleted";

  PodRef pod() {
    return last.pod();
  }

  PodSeen now(PodHealth health) {
    return new PodSeen(first, health, hit);
  }

  PodSeen wasHit() {
    return new PodSeen(first, last, true);
  }

  boolean gone() {
    return last.phase().equals(DELETED);
  }

  /** Restarts since it was first seen. */
  int restarts() {
    return last.restarts() - first.restarts();
  }

  boolean imagesChanged() {
    return !last.images().equals(first.images());
  }

  /** The state in a few words, for example {@code not ready (ContainersNotReady)}. */
  String state() {
    if (gone()) {
      return "deleted";
    }
    if (last.ready()) {
      return "ready";
    }
    String reason = last.reason() == null || last.reason().isBlank() ? last.phase() : last.reason();
    return "not ready (" + reason + ")";
  }

  /** The images without registry and digest, for a narrow column. */
  List<String> shortImages() {
    return last.images().stream()
        .map(image -> image.replaceFirst("@.*", ""))
        .map(image -> image.substring(image.lastIndexOf('/') + 1))
        .toList();
  }
}
