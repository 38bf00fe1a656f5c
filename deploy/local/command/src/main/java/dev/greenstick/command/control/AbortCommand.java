package dev.greenstick.command.control;

import dev.greenstick.command.Greenstick;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The end of one run. */
@Command(
    name = "abort",
    description = {"Aborts a run: its faults are reverted at once, and it ends.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 it is told to, 3 could not run, or the run has ended."})
public final class AbortCommand implements Callable<Integer> {

  private static final int LOOKS = 20;
  private static final long LOOKS_EVERY_MILLIS = 100;

  @Parameters(paramLabel = "RUN", description = "The run's id")
  private String run;

  @Mixin private ReasonOption why;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    RunId id = server.parsed("RUN", run, RunId::parse);
    SchedulerApi scheduler = server.scheduler();
    awaitTakenUp(id, scheduler);
    scheduler.abort(id, why.reason());
    output.print(
        new Answer(
            Json.mapper().createObjectNode().put("run", id.toString()).put("result", "aborting"),
            List.of("run " + id + " is being aborted")));
    return 0;
  }

  /**
   * A run that was requested a moment ago is not known yet; one that never was is refused later.
   */
  private static void awaitTakenUp(RunId run, SchedulerApi scheduler)
      throws CouldNotRun, InterruptedException {
    for (int i = 0; i < LOOKS && scheduler.state(run).isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
    }
  }
}
