package dev.greenstick.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A timer as a service's metrics show it. */
record Timings(long count, double p50Millis, double p99Millis) {

  private static final double MILLIS_PER_SECOND = 1_000;

  /** Reads Prometheus' text format. */
  static Timings of(String metrics, String name) {
    return new Timings(
        (long) value(metrics, name + "_count(?:\\{[^}]*\\})?"),
        MILLIS_PER_SECOND * value(metrics, name + "\\{[^}]*quantile=\"0.5\"[^}]*\\}"),
        MILLIS_PER_SECOND * value(metrics, name + "\\{[^}]*quantile=\"0.99\"[^}]*\\}"));
  }

  private static double value(String metrics, String series) {
    Matcher found = Pattern.compile("(?m)^" + series + " (\\S+)$").matcher(metrics);
    if (!found.find()) {
      throw new IllegalStateException("the metrics hold no " + series);
    }
    return Double.parseDouble(found.group(1));
  }
}
