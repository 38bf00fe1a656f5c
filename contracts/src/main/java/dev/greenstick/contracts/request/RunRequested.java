package dev.greenstick.contracts.request;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody wants an experiment run now, on each of its clusters.
 *
 * @param experiment the experiment as it is defined when the request is taken up
 * @param scheduledFor the instant of the request: with experiment and cluster it names the run
 * @param by who asked
 */
@EventType("dev.greenstick.run.requested.v1")
public record RunRequested(ExperimentName experiment, Instant scheduledFor, String by)
    implements Request {

  public RunRequested {
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(scheduledFor, "scheduledFor");
    Objects.requireNonNull(by, "by");
  }

  @Override
  public String key() {
    return experiment.value();
  }

  @Override
  public String identity() {
    return scheduledFor.toString();
  }

  @Override
  public Optional<ClusterName> aboutCluster() {
    return Optional.empty();
  }

  @Override
  public Optional<ExperimentName> aboutExperiment() {
    return Optional.of(experiment);
  }
}
