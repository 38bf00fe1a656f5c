package dev.greenstick.command.display;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * The predictions of a span of time, added up. Immutable.
 *
 * @param answers how they were answered
 * @param latency their latencies in microseconds; never changed once it is here
 */
record Tally(Answers answers, Histogram latency) {

  static final Tally NONE = new Tally(Answers.NONE, LatencyHistogram.empty());

  private static final double PERCENTILE = 99.0;
  private static final double MICROS_PER_MILLI = 1_000.0;

  static Tally of(HealthWindow window) {
    return new Tally(window.answers(), LatencyHistogram.decode(window.latency()));
  }

  Tally plus(Tally other) {
    Histogram sum = latency.copy();
    sum.add(other.latency);
    return new Tally(answers.plus(other.answers), sum);
  }

  /** The share that was answered with a prediction; empty where nothing was asked. */
  OptionalDouble availability() {
    return answers.total() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) answers.predicted() / answers.total());
  }

  /** Milliseconds; empty where nothing was answered. */
  OptionalDouble p99() {
    return latency.getTotalCount() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(latency.getValueAtPercentile(PERCENTILE) / MICROS_PER_MILLI);
  }
}
