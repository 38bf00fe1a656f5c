package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.EventType;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.wire.Json;
import java.util.Objects;
import java.util.Optional;

/**
 * An experiment exists in this form from now on.
 *
 * @param experiment the whole definition
 */
@EventType("dev.greenstick.experiment.defined.v1")
public record ExperimentDefined(Experiment experiment) implements ExperimentEvent {

  public ExperimentDefined {
    Objects.requireNonNull(experiment, "experiment");
  }

  @Override
  public String key() {
    return experiment.name().value();
  }

  @Override
  public String identity() {
    // Not its hash code: that of an enum differs from one JVM to the next.
    return Json.text(experiment);
  }

  @Override
  public Optional<ClusterName> aboutCluster() {
    return Optional.empty();
  }

  @Override
  public Optional<ExperimentName> aboutExperiment() {
    return Optional.of(experiment.name());
  }
}
