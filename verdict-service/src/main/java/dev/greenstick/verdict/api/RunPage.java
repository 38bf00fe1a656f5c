package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.verdict.held.HeldRun;
import dev.greenstick.verdict.listing.Cursor;
import dev.greenstick.verdict.listing.Filter;
import java.util.List;

/**
 * A page of runs.
 *
 * @param runs the latest first
 * @param next what to give as {@code cursor} for the next page; left out on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPage(List<RunSummary> runs, String next) {

  public RunPage {
    runs = List.copyOf(runs);
  }

  /** The cursor of the page after this one, when one more than {@code most} were found. */
  static String next(List<HeldRun> found, int most, Filter filter) {
    return found.size() > most ? new Cursor(filter, found.get(most - 1).position()).text() : null;
  }
}
