package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.follow.RestApi;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.wire.GoDuration;
import dev.greenstick.contracts.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run now, and its verdict. */
@Command(
    name = "run",
    description = {
      "Runs an experiment now, on each of its clusters. With --wait it follows the runs to their verdicts; whoever stops"
          + " waiting leaves them running.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 the runs are requested; with --wait 0 all are confirmed, 1 one is refuted, 2 one is inconclusive,"
          + " aborted, skipped or has no verdict in time; 3 could not run."
    })
public final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The experiment's name")
  private String name;

  @Option(names = "--wait", description = "Follow the runs to their verdicts")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "24h",
      description = "How long --wait waits (default: 24h)")
  private String timeout;

  @Option(
      names = "--verdict-server",
      paramLabel = "URL",
      defaultValue = "${env:GREENSTICK_VERDICT_SERVER:-http://127.0.0.1:8084}",
      description =
          "The verdict service, for --wait (default: the environment's GREENSTICK_VERDICT_SERVER, or"
              + " http://127.0.0.1:8084)")
  private String verdictServer;

  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    ExperimentName experiment = server.parsed("NAME", name, ExperimentName::new);
    Duration patience = server.parsed("--timeout", timeout, GoDuration::parse);
    SchedulerApi scheduler = server.scheduler();
    RestApi verdicts = server.api("--verdict-server", "verdict service", verdictServer);
    JsonNode requested = scheduler.runEverywhere(experiment);
    if (!wait) {
      output.print(Answer.table(requested, rows(requested)));
      return 0;
    }
    List<Waiting> runs = new ArrayList<>();
    for (JsonNode run : requested.path("runs")) {
      runs.add(new Waiting(run, scheduler, verdicts, output::say));
    }
    Waiting.forAll(runs, patience);
    ArrayNode json = Json.mapper().createArrayNode();
    runs.forEach(run -> json.add(run.ended().json()));
    output.print(
        new Answer(json, runs.stream().flatMap(run -> run.ended().lines().stream()).toList()));
    return Verdict.worst(runs.stream().map(Waiting::ended).toList()).code();
  }

  private static List<List<String>> rows(JsonNode requested) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RUN", "CLUSTER"));
    for (JsonNode run : requested.path("runs")) {
      rows.add(List.of(run.path("id").asText(), run.path("cluster").asText()));
    }
    return rows;
  }
}
