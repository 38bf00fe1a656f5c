package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Part;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of a part.
 *
 * @param tally its windows added up
 * @param seconds its windows one by one; empty where nothing asks for them
 * @param broken why nothing can be said of its predictions, in a phrase; empty when all is there
 */
record Observation(Tally tally, SortedMap<Integer, Second> seconds, Optional<String> broken) {

  Observation {
    Objects.requireNonNull(tally, "tally");
    Objects.requireNonNull(seconds, "seconds");
    Objects.requireNonNull(broken, "broken");
  }

  /** From a census, unless the part is broken anyway. */
  static Observation of(WindowCensus census, Part part, String span, Optional<String> broken) {
    Tally tally = census.tally(part);
    int missing = census.missing(part);
    Optional<String> trouble =
        broken
            .or(
                () ->
                    missing > 0
                        ? Optional.of(
                            "%d of %d windows of the %s are missing"
                                .formatted(missing, missing + tally.windows(), span))
                        : Optional.empty())
            .or(
                () ->
                    tally.windows() == 0
                        ? Optional.of("no window lies " + part.meaning())
                        : Optional.empty());
    return new Observation(tally, census.seconds(part), trouble);
  }

  /** As far as was seen, of a part that goes on. */
  static Observation soFar(Tally tally) {
    return new Observation(tally, new TreeMap<>(), Optional.empty());
  }
}
