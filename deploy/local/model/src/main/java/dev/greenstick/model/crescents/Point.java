package dev.greenstick.model.crescents;

/**
 * A point of the plane; the crescents lie between about -1.5 and 2.5 in both coordinates.
 *
 * @param x1 the first coordinate, finite
 * @param x2 the second coordinate, finite
 */
public record Point(double x1, double x2) {
  public Point {
    if (!Double.isFinite(x1) || !Double.isFinite(x2)) {
      throw new IllegalArgumentException("A point needs finite coordinates, not " + x1 + ", " + x2);
    }
  }
}
