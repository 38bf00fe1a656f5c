package dev.greenstick.verdict.trend;

import dev.greenstick.contracts.id.RunId;
import java.time.Instant;
import java.util.Objects;

/**
 * One figure of one run.
 *
 * @param run the run
 * @param at when it was due
 * @param value the figure, in its fact's unit
 */
public record Sample(RunId run, Instant at, double value) {

  public Sample {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(at, "at");
  }
}
