package dev.greenstick.contracts.halt;

import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.time.Instant;
import java.util.Optional;

/** Events of the halts topic: the last one of a scope holds. */
public sealed interface HaltEvent extends EventData permits HaltSet, HaltLifted {

  /** What it stops. Never null. */
  HaltScope scope();

  /** When it was said. Never null. */
  Instant at();

  @Override
  default String key() {
    return scope().toString();
  }

  @Override
  default String identity() {
    return at().toString();
  }

  @Override
  default Optional<ClusterName> aboutCluster() {
    return Optional.ofNullable(scope().cluster());
  }

  @Override
  default Optional<ExperimentName> aboutExperiment() {
    return Optional.ofNullable(scope().experiment());
  }
}
