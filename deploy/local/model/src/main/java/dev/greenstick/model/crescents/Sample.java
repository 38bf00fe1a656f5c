package dev.greenstick.model.crescents;

/**
 * A point whose true label is known.
 *
 * @param point where it lies
 * @param label the crescent it was drawn from, one of {@link Crescents#LABELS}
 */
public record Sample(Point point, String label) {}
