package dev.greenstick.model.crescents;

import java.util.List;

/**
 * The model's answer for one point.
 *
 * @param label the likelier label, one of {@link Crescents#LABELS}
 * @param scores the share of the forest's votes of each label, in the order of {@link
 *     Crescents#LABELS}
 */
public record Classification(String label, List<Double> scores) {
  public Classification {
    scores = List.copyOf(scores);
  }
}
