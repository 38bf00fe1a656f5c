package dev.greenstick.contracts.experiment;

import java.time.Duration;

/** A fault to inject, as its own specification words it. */
public sealed interface Fault extends Action permits PodChaos {

  /**
   * How long the fault lasts; for a one-shot fault, how long its effect is watched as the fault's
   * phase.
   */
  Duration duration();
}
