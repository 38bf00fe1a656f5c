package dev.greenstick.contracts;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import java.time.Instant;
import java.util.Objects;

/**
 * A run and what it is a run of.
 *
 * @param id the run's id, derived from the other two and the scheduled instant
 * @param experiment the experiment that is run
 * @param cluster the cluster that it runs on
 */
public record RunRef(RunId id, ExperimentName experiment, ClusterName cluster) {

  public RunRef {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(cluster, "cluster");
  }

  /** The run of an experiment on a cluster for a scheduled instant. */
  public static RunRef of(ExperimentName experiment, ClusterName cluster, Instant scheduledFor) {
    return new RunRef(RunId.of(experiment, cluster, scheduledFor), experiment, cluster);
  }
}
