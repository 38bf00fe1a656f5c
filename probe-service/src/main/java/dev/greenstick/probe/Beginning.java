package dev.greenstick.probe;

import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.id.ProbeName;
import java.util.Map;

/**
 * Where a run's probes begin.
 *
 * @param firstWindow the index of the first window; above 0 where an earlier process began the run
 * @param learned what that process had learned in the baseline
 */
record Beginning(int firstWindow, Map<ProbeName, ExpectationsLearned> learned) {

  /** At the beginning. */
  static final Beginning FRESH = new Beginning(0, Map.of());

  boolean isFresh() {
    return firstWindow == 0;
  }
}
