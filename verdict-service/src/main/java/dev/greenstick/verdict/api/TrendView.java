package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.verdict.trend.Sample;
import dev.greenstick.verdict.trend.Trend;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How an experiment's runs went over time.
 *
 * @param experiment the experiment
 * @param runs how many of its runs this is about, the most recent ones
 * @param from when the earliest of them was due; left out without any
 * @param to when the latest of them was due; likewise
 * @param outcomes how many of them ended how: open, skipped, confirmed, refuted, inconclusive
 * @param figures by fact
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrendView(
    ExperimentName experiment,
    int runs,
    Instant from,
    Instant to,
    Map<String, Long> outcomes,
    Map<String, Figure> figures) {

  /**
   * One fact over time.
   *
   * @param unit empty for shares and counts, {@code ms}, {@code s}
   * @param trend where it tends
   * @param samples the earliest first; runs whose verdict does not know it are left out
   */
  public record Figure(String unit, Trend trend, List<Sample> samples) {}
}
