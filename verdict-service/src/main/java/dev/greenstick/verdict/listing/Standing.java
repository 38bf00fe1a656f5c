package dev.greenstick.verdict.listing;

import dev.greenstick.contracts.RunRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that decides where a run is listed.
 *
 * @param run the run
 * @param due as in {@link Position}
 * @param ending what became of it
 */
public record Standing(RunRef run, Instant due, Ending ending) {

  public Standing {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(ending, "ending");
  }

  /** The same run with another ending. */
  public Standing as(Ending other) {
    return new Standing(run, due, other);
  }

  /** Its place among others. */
  public Position position() {
    return new Position(due, run.id());
  }

  /**
   * The keys under which it is listed: one for each filter on experiment, cluster and ending that
   * it passes, so that every such list lies in one piece.
   */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (String experiment : List.of(Filter.ANY, run.experiment().value())) {
      for (String cluster : List.of(Filter.ANY, run.cluster().value())) {
        for (String word : List.of(Filter.ANY, ending.word())) {
          keys.add(Filter.prefix(experiment, cluster, word) + position().key());
        }
      }
    }
    return List.copyOf(keys);
  }
}
