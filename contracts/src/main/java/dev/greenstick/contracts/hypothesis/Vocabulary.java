package dev.greenstick.contracts.hypothesis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every fact that can be named without knowing the experiment. Those of steps, probes, labels and
 * alerts are named after these.
 */
public final class Vocabulary {

  /** The time to recover, for all probes together. */
  public static final Fact RECOVERY_TIME = new Fact.RecoveryTime(Optional.empty());

  private static final List<Fact> FACTS = facts();

  /** Longer names are no misspelling of ours, and comparing them takes its time. */
  private static final int LONGEST = 120;

  private Vocabulary() {}

  /** All facts, by phase and then as {@link Measure} lists them. */
  public static List<Fact> all() {
    return FACTS;
  }

  /** The fact of this name. */
  public static Optional<Fact> find(String name) {
    return FACTS.stream().filter(fact -> fact.name().equals(name)).findFirst();
  }

  /** The one that is written most like {@code name}; empty when none is near. */
  static Optional<String> nearest(String name, Collection<String> among) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return among.stream()
        .min(Comparator.comparingInt(known -> distance(name, known)))
        .filter(known -> distance(name, known) <= Math.max(2, name.length() / 3));
  }

  /** Levenshtein's distance, upper and lower case alike. */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }

  private static List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Measure measure : Measure.values()) {
        facts.add(new Fact.Measured(Part.of(phase), measure));
      }
    }
    facts.add(RECOVERY_TIME);
    facts.add(new Fact.AlertsFired());
    return List.copyOf(facts);
  }
}
