package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.Problem;
import java.util.ArrayList;
import java.util.List;

/** The problems found so far in one document: all of them, as long as a person would read them. */
final class Problems {

  private static final int MOST = 100;
  private static final int LONGEST = 80;

  private final List<Problem> found = new ArrayList<>();
  private int count;

  void add(String path, String message) {
    add(new Problem(path, message));
  }

  void add(Problem problem) {
    count++;
    if (count <= MOST) {
      found.add(problem);
    } else if (count == MOST + 1) {
      found.add(new Problem("", "there are more problems; correct these " + MOST + " first"));
    }
  }

  /** How many there are, kept or not. */
  int count() {
    return count;
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  /** What somebody wrote, short enough to be repeated in a sentence. */
  static String quoted(String written) {
    String line = written.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
