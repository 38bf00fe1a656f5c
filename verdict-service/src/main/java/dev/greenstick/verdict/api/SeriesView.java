package dev.greenstick.verdict.api;

import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.verdict.series.Point;
import java.util.List;

/**
 * What the probes of a run saw, as points.
 *
 * @param resolutionSeconds how many windows, of a second each, make a point
 * @param probes by name
 */
public record SeriesView(int resolutionSeconds, List<OfProbe> probes) {

  public SeriesView {
    probes = List.copyOf(probes);
  }

  /**
   * One probe.
   *
   * @param probe the probe
   * @param points in the order of time; a point without any window is left out
   */
  public record OfProbe(ProbeName probe, List<Point> points) {

    public OfProbe {
      points = List.copyOf(points);
    }
  }
}
