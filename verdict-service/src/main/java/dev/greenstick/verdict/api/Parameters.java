package dev.greenstick.verdict.api;

import dev.greenstick.contracts.hypothesis.HypothesisLanguage;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.verdict.held.RunFigures;
import dev.greenstick.verdict.listing.Cursor;
import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.listing.Position;
import dev.greenstick.verdict.series.Percentile;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From what stands in a request to what it means, or a refusal that says what it must be. */
final class Parameters {

  private static final int MOST_LISTED = 10;
  private static final int MOST_READ = 100;

  private Parameters() {}

  static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told as what is out of bounds is told.
    }
    throw Refusal.malformed(
        name + " must be a number between " + least + " and " + most + ", but is: " + text);
  }

  static RunId run(String text) {
    try {
      RunId run = RunId.parse(text);
      if (run.toString().equals(text)) {
        return run;
      }
    } catch (IllegalArgumentException e) {
      // Told as what is not canonical is told.
    }
    throw Refusal.malformed("id must be a run's id, a UUID in lower case, but is: " + text);
  }

  static ExperimentName experiment(String text) {
    try {
      return new ExperimentName(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(e.getMessage());
    }
  }

  static ClusterName cluster(String text) {
    try {
      return new ClusterName(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(e.getMessage());
    }
  }

  static Instant instant(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.malformed(
          name + " must be an instant like 2026-11-24T10:00:00Z, but is: " + text);
    }
  }

  /** All parameters but the first may be null. */
  static Filter filter(String experiment, String cluster, String outcome, String from, String to) {
    return new Filter(
        Optional.ofNullable(experiment).map(Parameters::experiment),
        Optional.ofNullable(cluster).map(Parameters::cluster),
        Optional.ofNullable(outcome).map(Parameters::ending),
        Optional.ofNullable(from).map(text -> instant("from", text)),
        Optional.ofNullable(to).map(text -> instant("to", text)));
  }

  static Optional<Position> after(String cursor, Filter filter) {
    return Optional.ofNullable(cursor)
        .map(
            text ->
                Cursor.parse(text, filter)
                    .orElseThrow(
                        () ->
                            Refusal.malformed(
                                "cursor must be the next of a page of this very list, with the"
                                    + " same filters, but is: "
                                    + text))
                    .after());
  }

  /** Facts, separated by commas, by the names that verdicts give them. */
  static List<String> figures(String text) {
    return parts("figures", text).stream().map(Parameters::figure).distinct().toList();
  }

  private static String figure(String name) {
    try {
      return HypothesisLanguage.fact(name).name();
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(
          "figures must be facts like fault.availability, recovery.time or"
              + " steps.NAME.availability, but: "
              + e.getMessage());
    }
  }

  /**
   * How many runs, when figures are told with them: fewer where their windows must be read.
   *
   * @param most how many at most where verdicts tell every figure
   */
  static int runs(String limit, int most, List<String> figures) {
    int number = number("limit", limit, 1, most);
    List<String> read = figures.stream().filter(RunFigures::areReadOffWindows).toList();
    if (number > MOST_READ && !read.isEmpty()) {
      throw Refusal.malformed(
          "limit must be at most %d with figures that are read off the windows of each run: %s"
              .formatted(MOST_READ, String.join(", ", read)));
    }
    return number;
  }

  /** Percentiles, separated by commas. */
  static List<Percentile> percentiles(String text) {
    return parts("percentiles", text).stream()
        .map(
            part -> {
              try {
                return Percentile.parse(part);
              } catch (IllegalArgumentException e) {
                throw Refusal.malformed(
                    "percentiles must be above 0 and at most 100, but one is: " + part);
              }
            })
        .toList();
  }

  /** A duration in whole seconds. */
  static int seconds(String name, String text) {
    try {
      Duration duration = GoDuration.parse(text);
      if (duration.compareTo(Duration.ofSeconds(1)) >= 0
          && duration.toNanosPart() == 0
          && duration.toSeconds() <= Integer.MAX_VALUE) {
        return (int) duration.toSeconds();
      }
    } catch (IllegalArgumentException e) {
      // Told as what is no whole second is told.
    }
    throw Refusal.malformed(
        name + " must be a duration of whole seconds like 10s or 5m, but is: " + text);
  }

  private static List<String> parts(String name, String text) {
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
    if (parts.size() > MOST_LISTED) {
      throw Refusal.malformed(
          name + " must be at most " + MOST_LISTED + ", but are " + parts.size());
    }
    return parts;
  }

  private static Ending ending(String text) {
    return Ending.find(text)
        .orElseThrow(
            () ->
                Refusal.malformed(
                    "outcome must be one of "
                        + Arrays.stream(Ending.values())
                            .map(Ending::word)
                            .collect(Collectors.joining(", "))
                        + ", but is: "
                        + text));
  }
}
