package dev.greenstick.verdict.trend;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where a figure tends, by medians alone, so that one run that went wrong does not make a trend. It
 * describes and does not test: whether a hypothesis holds is a verdict's matter.
 *
 * @param runs how many runs have the figure
 * @param median of all; left out without any
 * @param earlier the median of the earlier half, the middle run belonging to neither; left out with
 *     fewer than four runs, as are the next two
 * @param later the median of the later half
 * @param change by how much the later median is above the earlier one
 * @param slopePerDay the median of the slopes between any two runs (Theil and Sen), by day; left
 *     out where no two runs were due at different instants
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trend(
    int runs, Double median, Double earlier, Double later, Double change, Double slopePerDay) {

  private static final int FEWEST_TO_HALVE = 4;
  private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

  /** The trend of samples, in any order; work grows with the square of their number. */
  public static Trend of(List<Sample> samples) {
    List<Sample> inOrder =
        samples.stream()
            .sorted(Comparator.comparing(Sample::at).thenComparing(sample -> sample.run()))
            .toList();
    int half = inOrder.size() / 2;
    boolean halves = inOrder.size() >= FEWEST_TO_HALVE;
    Double earlier = halves ? median(inOrder.subList(0, half)) : null;
    Double later = halves ? median(inOrder.subList(inOrder.size() - half, inOrder.size())) : null;
    return new Trend(
        inOrder.size(),
        median(inOrder),
        earlier,
        later,
        halves ? later - earlier : null,
        slope(inOrder));
  }

  private static Double median(List<Sample> samples) {
    return median(samples.stream().mapToDouble(Sample::value).toArray());
  }

  private static Double slope(List<Sample> samples) {
    DoubleStream.Builder slopes = DoubleStream.builder();
    for (int i = 0; i < samples.size(); i++) {
      for (int j = i + 1; j < samples.size(); j++) {
        Sample one = samples.get(i);
        Sample other = samples.get(j);
        double days = Duration.between(one.at(), other.at()).toNanos() / NANOS_PER_DAY;
        if (days > 0) {
          slopes.add((other.value() - one.value()) / days);
        }
      }
    }
    return median(slopes.build().toArray());
  }

  private static Double median(double[] values) {
    if (values.length == 0) {
      return null;
    }
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
