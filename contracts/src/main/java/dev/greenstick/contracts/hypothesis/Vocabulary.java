package dev.greenstick.contracts.hypothesis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every fact there is. */
public final class Vocabulary {

  /**
   * From the last revert until as many pods are ready as before the fault, those it hit included,
   * and every later prediction is right.
   */
  public static final Fact RECOVERY_TIME =
      new Fact(
          "recovery.time",
          Phase.RECOVERY,
          Unit.SECONDS,
          "from the last revert until as many pods are ready as before and every later prediction"
              + " is right");

  private static final Map<String, Fact> FACTS = facts();

  private Vocabulary() {}

  /** All facts, by phase and then as {@link Measure} lists them. */
  public static List<Fact> all() {
    return List.copyOf(FACTS.values());
  }

  /** The fact of this name. */
  public static Optional<Fact> find(String name) {
    return Optional.ofNullable(FACTS.get(name));
  }

  /** The fact of a measure in a phase. */
  public static Fact fact(Phase phase, Measure measure) {
    return FACTS.get(phase.word() + "." + measure.word());
  }

  /** The name among these that is written most like {@code name}; empty when none is near. */
  static Optional<Fact> nearest(String name, Collection<Fact> among) {
    return among.stream()
        .min(Comparator.comparingInt(fact -> distance(name, fact.name())))
        .filter(fact -> distance(name, fact.name()) <= Math.max(2, name.length() / 3));
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

  private static Map<String, Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Measure measure : Measure.values()) {
        facts.add(Fact.of(phase, measure));
      }
    }
    facts.add(RECOVERY_TIME);
    Map<String, Fact> byName = new LinkedHashMap<>();
    facts.forEach(fact -> byName.put(fact.name(), fact));
    return byName;
  }
}
