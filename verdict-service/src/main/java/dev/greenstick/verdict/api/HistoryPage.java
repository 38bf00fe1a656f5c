package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page of the history of an experiment.
 *
 * @param runs the latest first
 * @param next what to give as {@code cursor} for the next page; left out on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryPage(List<Line> runs, String next) {

  public HistoryPage {
    runs = List.copyOf(runs);
  }

  /**
   * A run and its figures.
   *
   * @param summary the run in one line
   * @param figures those that were asked for and that its verdict knows, by name
   */
  public record Line(RunSummary summary, Map<String, Double> figures) {

    public Line {
      figures = new TreeMap<>(figures);
    }
  }
}
