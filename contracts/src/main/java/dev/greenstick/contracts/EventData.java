package dev.greenstick.contracts;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.util.Optional;

/**
 * What every event's record can say of itself, so that key, headers and id follow from the data
 * alone and emitting an event twice gives the same event twice. Implemented by one sealed family
 * per topic.
 */
public interface EventData {

  /** The record key: run, experiment, agent or scope, as the topic says. Never null. */
  String key();

  /**
   * CloudEvents' {@code subject}: what the event is about; for events of a run the run's id. Never
   * null.
   */
  default String subject() {
    return key();
  }

  /**
   * Tells events of one type and subject apart; empty where a subject has one such event. Never
   * null.
   */
  String identity();

  /** The cluster, for the {@code ce_cluster} header. */
  Optional<ClusterName> aboutCluster();

  /** The experiment, for the {@code ce_experiment} header. */
  Optional<ExperimentName> aboutExperiment();
}
