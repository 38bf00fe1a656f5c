package dev.greenstick.contracts.experiment;

import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.time.Duration;
import java.util.List;

/** A fault to inject, as its own specification words it. */
public sealed interface Fault extends Action
    permits PodChaos, NetworkDeny, ScaleDown, NodeDrain, ChaosMesh {

  /**
   * How long the fault lasts; for a one-shot fault, how long its effect is watched as the fault's
   * phase.
   */
  Duration duration();

  /** Which pods are candidates. */
  Selector selector();

  /** Every selector of the specification, the candidates' first: all pods it may touch. */
  default List<Selector> selectors() {
    return List.of(selector());
  }

  /** What the fault is called, as heartbeats announce it: {@code pod-failure}. */
  String faultName();
}
