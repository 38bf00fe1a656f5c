package dev.greenstick.contracts.hypothesis;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** What figures have in common. */
final class Figures {

  /** The confidence of an interval where none is written. */
  static final double CONFIDENCE = 0.95;

  private Figures() {}

  static List<Fact> factsOf(Collection<Figure> figures) {
    LinkedHashSet<Fact> facts = new LinkedHashSet<>();
    figures.forEach(figure -> facts.addAll(figure.facts()));
    return List.copyOf(facts);
  }

  /** As a last argument; nothing for the usual one. */
  static String confidence(double confidence) {
    return confidence == CONFIDENCE
        ? ""
        : ", "
            + BigDecimal.valueOf(confidence).movePointRight(2).stripTrailingZeros().toPlainString()
            + "%";
  }
}
