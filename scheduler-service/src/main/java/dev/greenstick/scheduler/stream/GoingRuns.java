package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;

/** How the store of runs that go on is written: experiment and cluster to the run's id. */
final class GoingRuns {

  private static final char BETWEEN = '/';

  private GoingRuns() {}

  /** Where a run stands; neither name has a slash. */
  static String place(RunRef run) {
    return run.experiment().value() + BETWEEN + run.cluster().value();
  }

  /** The run that an entry holds. */
  static RunRef run(String place, String id) {
    int between = place.indexOf(BETWEEN);
    return new RunRef(
        RunId.parse(id),
        new ExperimentName(place.substring(0, between)),
        new ClusterName(place.substring(between + 1)));
  }
}
