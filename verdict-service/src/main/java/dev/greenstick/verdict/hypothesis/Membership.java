package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Part;
import dev.greenstick.contracts.hypothesis.Span;
import java.time.Instant;

/** Which windows are of a span. */
@FunctionalInterface
interface Membership {

  /**
   * @param span the span
   * @param index the window's index
   * @param start the window's beginning
   */
  boolean isIn(Span span, int index, Instant start);

  default boolean isIn(Part part, HealthWindow window) {
    return part.probe().map(window.probe()::equals).orElse(true)
        && isIn(part.span(), window.index(), window.start());
  }
}
