package dev.greenstick.contracts.hypothesis;

import java.util.Map;

/** Who knows a run. Asked again, it answers the same. */
@FunctionalInterface
public interface Known {

  /** What is known of a figure. Never null. */
  Value of(Figure figure);

  /** Exact figures by name, and nothing else. */
  static Known exactly(Map<String, Double> figures) {
    return figure -> {
      Double exact = figures.get(figure.name());
      return exact == null
          ? new Value.Missing("the history does not hold it")
          : new Value.Exact(exact);
    };
  }
}
