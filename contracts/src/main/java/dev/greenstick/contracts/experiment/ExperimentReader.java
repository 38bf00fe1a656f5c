package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.Problem;
import java.util.List;

/**
 * Reads an experiment as somebody wrote it, in YAML or JSON: fills in the defaults, or reports
 * every problem at once.
 */
public final class ExperimentReader {

  private ExperimentReader() {}

  /** What came of reading. */
  public sealed interface Reading {

    /** An experiment that can be run as far as can be said without running it. */
    record Valid(Experiment experiment) implements Reading {}

    /** Every problem at once; at least one. */
    record Invalid(List<Problem> problems) implements Reading {}
  }

  /** Reads one document, YAML or JSON. Never throws for what the text holds. */
  public static Reading read(String document) {
    return new Reading.Invalid(List.of(new Problem("", "reading experiments is not built yet")));
  }
}
