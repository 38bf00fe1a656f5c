package dev.greenstick.verdict.statistics;

/** Figures in the order of time. */
public final class Series {

  private Series() {}

  /**
   * The autocorrelation of neighbours: near 0 where each figure is a sample of its own, near 1
   * where one is like the last. Not a number below three figures or where all are equal.
   */
  public static double autocorrelation(double[] series) {
    if (series.length < 3) {
      return Double.NaN;
    }
    double mean = 0;
    for (double value : series) {
      mean += value / series.length;
    }
    double neighbours = 0;
    double variance = 0;
    for (int i = 0; i < series.length; i++) {
      variance += (series[i] - mean) * (series[i] - mean);
      if (i > 0) {
        neighbours += (series[i] - mean) * (series[i - 1] - mean);
      }
    }
    return variance == 0 ? Double.NaN : neighbours / variance;
  }
}
