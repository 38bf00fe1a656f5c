package dev.greenstick.probe;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.probe.access.Accesses;
import dev.greenstick.probe.input.Inputs;
import dev.greenstick.probe.predict.Access;
import java.util.List;
import java.util.Map;

/** Reads the files and secrets that a start names, before anything is asked. */
final class Preparation {

  private final Inputs inputs;
  private final Accesses accesses;

  /** What came of it. */
  sealed interface Result {

    /**
     * Everything is there.
     *
     * @param start the command with the requests and instants of its files
     * @param accesses how each probe's server is reached
     * @param alerts how each source of alerts is reached, in their order
     */
    record Ready(ProbeStart start, Map<ProbeName, Access> accesses, List<Access> alerts)
        implements Result {

      public Ready {
        accesses = Map.copyOf(accesses);
        alerts = List.copyOf(alerts);
      }
    }

    /** Something cannot be read. */
    record Lacking(List<Problem> problems) implements Result {

      public Lacking {
        problems = List.copyOf(problems);
      }
    }
  }

  Preparation(Inputs inputs, Accesses accesses) {
    this.inputs = inputs;
    this.accesses = accesses;
  }

  /** Takes as long as the disk and the API server do. */
  Result of(ProbeStart start) {
    return switch (inputs.resolve(start.probes())) {
      case Inputs.Resolved.Lacking(List<Problem> problems) -> new Result.Lacking(problems);
      case Inputs.Resolved.Whole(List<Probe> probes) ->
          switch (accesses.resolve(probes, start.alerts())) {
            case Accesses.Resolved.Closed(List<Problem> problems) -> new Result.Lacking(problems);
            case Accesses.Resolved.Open(Map<ProbeName, Access> all, List<Access> alerts) ->
                new Result.Ready(asking(start, probes), all, alerts);
          };
    };
  }

  private static ProbeStart asking(ProbeStart start, List<Probe> probes) {
    return new ProbeStart(
        start.command(),
        start.run(),
        start.deadline(),
        probes,
        start.watch(),
        start.longest(),
        start.baseline(),
        start.alerts());
  }
}
