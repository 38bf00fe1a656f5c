package dev.greenstick.probe.pace;

import dev.greenstick.contracts.experiment.Arrivals.Step;
import java.util.List;

/** One constant rate after another; the last one goes on. */
public final class Steps implements Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] rates;
  private final double[] beginnings;
  private final double[] counts;
  private final double phase;

  /**
   * @param steps one or more
   * @param phase see {@link Pace#of}
   */
  public Steps(List<Step> steps, double phase) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("steps must be one or more");
    }
    this.rates = new double[steps.size()];
    this.beginnings = new double[steps.size()];
    this.counts = new double[steps.size()];
    this.phase = phase;
    double at = 0;
    double count = 0;
    for (int i = 0; i < steps.size(); i++) {
      rates[i] = steps.get(i).rate();
      beginnings[i] = at;
      counts[i] = count;
      double length = steps.get(i).duration().toNanos() / NANOS_PER_SECOND;
      at += length;
      count += length * rates[i];
    }
  }

  @Override
  public long offsetNanos(long index) {
    double count = index + phase;
    int step = lastAtMost(counts, count);
    return (long) ((beginnings[step] + (count - counts[step]) / rates[step]) * NANOS_PER_SECOND);
  }

  @Override
  public long countBefore(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    double at = offsetNanos / NANOS_PER_SECOND;
    int step = lastAtMost(beginnings, at);
    double count = counts[step] + (at - beginnings[step]) * rates[step];
    return Pace.counted(this, offsetNanos, count - phase);
  }

  private static int lastAtMost(double[] ascending, double value) {
    int last = 0;
    while (last + 1 < ascending.length && ascending[last + 1] <= value) {
      last++;
    }
    return last;
  }
}
