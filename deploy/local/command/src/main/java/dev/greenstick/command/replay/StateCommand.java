package dev.greenstick.command.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.replay.AsOf;
import dev.greenstick.verdict.replay.RecordingException;
import dev.greenstick.verdict.replay.RunState;
import dev.greenstick.verdict.replay.TimeTravel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One run as it was after any of its events. */
@Command(
    name = "state",
    description = {
      "Prints as JSON what was known of a run after one of its events: its faults, its facts, what each assertion came to"
          + " by then, and what was lacking.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 printed, 3 could not run, or there is no such event."})
public final class StateCommand implements Callable<Integer> {

  @Mixin private HistoryOptions history;

  @Parameters(paramLabel = "RUN", description = "The run's id")
  private String run;

  @Option(
      names = "--at",
      paramLabel = "POINT",
      description = {
        "last, a number of events, an instant, an event's id, or topic/partition@offset (default: last)"
      })
  private String at = "last";

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    RunId id = history.parsed("RUN", run, RunId::parse).orElseThrow();
    TimeTravel travel = new TimeTravel(history.bounds());
    AsOf asOf = history.parsed("--at", at, AsOf::parse).orElseThrow();
    try {
      RunState state =
          travel
              .of(
                  TimeTravel.history(history.open(), id)
                      .orElseThrow(() -> new CouldNotRun("nothing is recorded of run " + id)),
                  asOf)
              .orElseThrow(() -> new CouldNotRun("run " + id + " has no event at " + at));
      System.out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(state));
      return 0;
    } catch (RecordingException | JsonProcessingException e) {
      throw new CouldNotRun(e.getMessage(), e);
    }
  }
}
