package dev.greenstick.verdict.held;

import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.listing.Position;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A question for a page of a list.
 *
 * @param filter the list
 * @param after the last run of the page before; empty for the first page
 * @param most how many runs at most
 * @param figures the facts of each verdict to tell with the run
 */
public record Ask(Filter filter, Optional<Position> after, int most, List<String> figures) {

  public Ask {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(after, "after");
    figures = List.copyOf(figures);
  }
}
