package dev.greenstick.verdict.listing;

import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which runs a list holds.
 *
 * @param experiment of which experiment; empty for any, as the others
 * @param cluster on which cluster
 * @param ending what became of them
 * @param from due then or later
 * @param to due before that
 */
public record Filter(
    Optional<ExperimentName> experiment,
    Optional<ClusterName> cluster,
    Optional<Ending> ending,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** Every run. */
  public static final Filter ALL =
      new Filter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** No name and no ending is written like this. */
  static final String ANY = "*";

  public Filter {
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(ending, "ending");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  /** Whether a run is in the list. */
  public boolean passes(Standing standing) {
    return experiment.map(standing.run().experiment()::equals).orElse(true)
        && cluster.map(standing.run().cluster()::equals).orElse(true)
        && ending.map(standing.ending()::equals).orElse(true)
        && from.map(instant -> !standing.due().isBefore(instant)).orElse(true)
        && to.map(instant -> standing.due().isBefore(instant)).orElse(true);
  }

  /**
   * The keys of the list.
   *
   * @param after the last run of the page before; null for the first page
   */
  public Range keys(Position after) {
    String prefix =
        prefix(
            experiment.map(ExperimentName::value).orElse(ANY),
            cluster.map(ClusterName::value).orElse(ANY),
            ending.map(Ending::word).orElse(ANY));
    String first = prefix + from.map(Position::key).orElse("");
    // '~' is above every character of a key, a position with nothing behind it below those with.
    String last = prefix + to.map(Position::key).orElse("~");
    if (after != null) {
      String before = prefix + after.key();
      last = before.compareTo(last) < 0 ? before : last;
    }
    return new Range(first, last);
  }

  static String prefix(String experiment, String cluster, String ending) {
    return experiment + "/" + cluster + "/" + ending + "/";
  }

  /**
   * Keys in the order of text; the list is read from the last to the first.
   *
   * @param first the least key that may be in the list
   * @param last what is above every key in the list; a key that is equal is not in it
   */
  public record Range(String first, String last) {

    public Range {
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(last, "last");
    }

    /** Whether there is nothing between. */
    public boolean empty() {
      return first.compareTo(last) >= 0;
    }
  }

  /** The place that a key stands for. */
  public static Position position(String key) {
    int end = key.length();
    for (int slashes = 0; slashes < 2; slashes++) {
      end = key.lastIndexOf('/', end - 1);
    }
    return Position.parse(key.substring(end + 1));
  }
}
