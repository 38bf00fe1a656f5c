package dev.greenstick.verdict.series;

import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Makes points of the windows of one probe, given in the order of their indices; holds one
 * histogram however many they are. For one thread.
 */
public final class Series {

  private static final double MICROS_PER_MILLI = 1e3;

  private final int resolution;
  private final List<Percentile> percentiles;
  private final List<Point> points = new ArrayList<>();
  private final Histogram latency = LatencyHistogram.empty();
  private int step = -1;
  private Instant start;
  private int windows;
  private Answers answers = Answers.NONE;
  private long lateness;

  /**
   * @param resolution windows in a point
   * @param percentiles of latency, for each point
   */
  public Series(int resolution, List<Percentile> percentiles) {
    this.resolution = resolution;
    this.percentiles = List.copyOf(percentiles);
  }

  /** Adds the next window. */
  public void add(HealthWindow window) {
    int its = window.index() / resolution;
    if (its != step) {
      finish();
      step = its;
      start = window.start();
    }
    windows++;
    answers = answers.plus(window.answers());
    latency.add(LatencyHistogram.decode(window.latency()));
    lateness = Math.max(lateness, window.latenessMicros());
  }

  /** The points of all windows so far, for the last time. */
  public List<Point> points() {
    finish();
    return List.copyOf(points);
  }

  private void finish() {
    if (windows > 0) {
      points.add(point());
    }
    latency.reset();
    windows = 0;
    answers = Answers.NONE;
    lateness = 0;
  }

  private Point point() {
    boolean measured = latency.getTotalCount() > 0;
    return new Point(
        step * resolution,
        start,
        windows,
        answers,
        share(answers.predicted(), answers.total()),
        share(answers.ok(), answers.predicted()),
        measured ? percentiles() : null,
        measured ? latency.getMaxValue() / MICROS_PER_MILLI : null,
        measured ? latency.getMean() / MICROS_PER_MILLI : null,
        lateness);
  }

  private Map<String, Double> percentiles() {
    Map<String, Double> millis = new LinkedHashMap<>();
    for (Percentile percentile : percentiles) {
      millis.put(
          percentile.name(), latency.getValueAtPercentile(percentile.value()) / MICROS_PER_MILLI);
    }
    return millis;
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }
}
