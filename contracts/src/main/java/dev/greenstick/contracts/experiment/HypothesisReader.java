package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.Problem;
import java.util.List;

/**
 * Reads assertions by themselves, as {@code spec.hypothesis} of an experiment has them, in YAML or
 * JSON: to judge recorded runs by other assertions than their own. Safe for many threads.
 */
public final class HypothesisReader {

  private HypothesisReader() {}

  /** What came of reading. */
  public sealed interface Reading {

    /** A hypothesis with at least one assertion; what its assertions say is not checked yet. */
    record Valid(Hypothesis hypothesis) implements Reading {}

    /** Every problem at once; at least one. */
    record Invalid(List<Problem> problems) implements Reading {}
  }

  /**
   * Reads one document; {@code assertions} must be there, {@code steadyState} and {@code
   * stopConditions} may. Never throws for what the text holds. Assertions are taken as they are:
   * {@code dev.greenstick.contracts.hypothesis} checks them.
   */
  public static Reading read(String document) {
    Problems problems = new Problems();
    var tree = Document.parse(document, problems);
    if (tree == null) {
      return new Reading.Invalid(problems.all());
    }
    Cursor at = Cursor.root(tree, problems);
    if (at.isObject("steadyState", "assertions", "stopConditions")) {
      Hypothesis hypothesis =
          new Hypothesis(
              assertions(at.field("steadyState")),
              assertions(
                  at.required("assertions", "write a list like [\"fault.availability >= 0.99\"]")),
              assertions(at.field("stopConditions")));
      if (problems.count() == 0 && hypothesis.assertions().isEmpty()) {
        problems.add("assertions", "must hold at least one");
      }
      if (problems.count() == 0) {
        return new Reading.Valid(hypothesis);
      }
    }
    return new Reading.Invalid(problems.all());
  }

  private static List<String> assertions(Cursor at) {
    return at.list(Cursor::text);
  }
}
