package dev.greenstick.contracts.hypothesis;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a run, by the names of {@link Vocabulary}. A fact in neither map is missing.
 *
 * @param known exact figures, in the units of the facts: milliseconds, seconds, shares, counts
 * @param moreThan facts of which only a lower bound is known, for a recovery that was not seen: the
 *     figure is greater than this one
 */
public record FactValues(Map<String, Double> known, Map<String, Double> moreThan) {

  public FactValues {
    known = Map.copyOf(known);
    moreThan = Map.copyOf(moreThan);
    for (String name : moreThan.keySet()) {
      if (known.containsKey(name)) {
        throw new IllegalArgumentException(name + " is known and cannot also be a bound");
      }
    }
  }

  /** Exact figures alone. */
  public static FactValues of(Map<String, Double> known) {
    return new FactValues(known, Map.of());
  }

  /** Whether anything is known of the fact. */
  public boolean has(String name) {
    return known.containsKey(name) || moreThan.containsKey(name);
  }

  /** Those of the names of which nothing is known. */
  SortedSet<String> missing(Iterable<Fact> facts) {
    SortedSet<String> missing = new TreeSet<>();
    for (Fact fact : facts) {
      if (!has(fact.name())) {
        missing.add(fact.name());
      }
    }
    return missing;
  }

  /** The known ones among the facts. */
  Map<String, Double> knownAmong(Iterable<Fact> facts) {
    Map<String, Double> some = new TreeMap<>();
    for (Fact fact : facts) {
      Double value = known.get(fact.name());
      if (value != null) {
        some.put(fact.name(), value);
      }
    }
    return some;
  }
}
