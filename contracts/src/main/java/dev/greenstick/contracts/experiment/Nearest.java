package dev.greenstick.contracts.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Guesses what somebody meant who wrote a word that is not known. */
final class Nearest {

  /** Longer words are no misspelling of ours, and comparing them takes its time. */
  private static final int LONGEST = 60;

  private Nearest() {}

  /** {@code did you mean X?} when a known word is close, otherwise all known words. */
  static String hint(String written, String... known) {
    if (written.length() <= LONGEST) {
      String nearest =
          Arrays.stream(known)
              .min(Comparator.comparingInt(word -> edits(written, word)))
              .orElse("");
      if (edits(written, nearest) <= Math.max(1, nearest.length() / 3)) {
        return "did you mean " + nearest + "?";
      }
    }
    return "known are " + String.join(", ", known);
  }

  /** Levenshtein's distance, whatever the case. */
  private static int edits(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
