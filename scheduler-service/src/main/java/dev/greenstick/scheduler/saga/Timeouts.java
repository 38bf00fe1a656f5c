package dev.greenstick.scheduler.saga;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a run waits for each of those it depends on.
 *
 * @param definition for the definition of its experiment, where the request is read before that
 * @param probeStart for the probe's answer to {@code probe.start}
 * @param baselineVerdict for the judgement, once the baseline is complete
 * @param injectAnswer for the injector's answer to {@code fault.inject}
 * @param revertMargin for the end of a fault, once it is due or commanded
 * @param probeFinish for the probe's last windows, once it is told to stop
 * @param remember how long a run that has ended is remembered, so that what comes late or twice
 *     changes nothing and the run can still be looked up
 */
public record Timeouts(
    Duration definition,
    Duration probeStart,
    Duration baselineVerdict,
    Duration injectAnswer,
    Duration revertMargin,
    Duration probeFinish,
    Duration remember) {

  /**
   * @throws IllegalArgumentException when one is not positive
   */
  public Timeouts {
    positive("definition", definition);
    positive("probe-start", probeStart);
    positive("baseline-verdict", baselineVerdict);
    positive("inject-answer", injectAnswer);
    positive("revert-margin", revertMargin);
    positive("probe-finish", probeFinish);
    positive("remember", remember);
  }

  private static void positive(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (!value.isPositive()) {
      throw new IllegalArgumentException("timeout " + name + " must be positive, but is: " + value);
    }
  }
}
