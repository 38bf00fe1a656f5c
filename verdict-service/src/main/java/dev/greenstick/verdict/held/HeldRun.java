package dev.greenstick.verdict.held;

import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.listing.Position;
import java.util.Map;
import java.util.Objects;

/**
 * A run in a list.
 *
 * @param position its place in the list
 * @param progress how far it has come
 * @param figures those that were asked for and that its verdict knows
 */
public record HeldRun(Position position, Progress progress, Map<String, Double> figures) {

  public HeldRun {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(progress, "progress");
    figures = Map.copyOf(figures);
  }
}
