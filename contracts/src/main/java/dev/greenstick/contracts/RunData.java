package dev.greenstick.contracts;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.util.Optional;

/**
 * An event of a run: keyed by the run, so that a run's history lies in one partition of each topic.
 */
public interface RunData extends EventData {

  /** The run. Never null. */
  RunRef run();

  @Override
  default String key() {
    return run().id().toString();
  }

  @Override
  default Optional<ClusterName> aboutCluster() {
    return Optional.of(run().cluster());
  }

  @Override
  default Optional<ExperimentName> aboutExperiment() {
    return Optional.of(run().experiment());
  }
}
