package dev.greenstick.command.replay;

import dev.greenstick.verdict.replay.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which part of history; everything that is given must hold. */
final class SelectionOptions {

  @Option(names = "--run", paramLabel = "ID", description = "This run alone")
  private String run;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "The runs of this experiment alone")
  private String experiment;

  @Option(names = "--cluster", paramLabel = "NAME", description = "The runs on this cluster alone")
  private String cluster;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "Runs that were planned then or later, for example 2026-11-24T00:00:00Z")
  private String since;

  @Option(
      names = "--before",
      paramLabel = "INSTANT",
      description = "Runs that were planned earlier than that")
  private String before;

  @Option(
      names = "--offsets",
      paramLabel = "TOPIC/PARTITION=FROM..TO",
      description =
          "Of the history only these records, as a verdict's evidence names them; may be repeated")
  private List<String> offsets = new ArrayList<>();

  Selection selection(HistoryOptions history) {
    try {
      return new Selection(
          history.run(run),
          history.experiment(experiment),
          history.cluster(cluster),
          history.instant("--since", since),
          history.instant("--before", before),
          history.offsets(offsets));
    } catch (IllegalArgumentException e) {
      throw history.misuse(e.getMessage());
    }
  }
}
