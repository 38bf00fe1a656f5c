package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Definitions from files to the scheduler. */
@Command(
    name = "apply",
    description = {
      "Defines the experiments of files, or defines them anew. Nothing is sent unless everything is valid, and what is as"
          + " it should be is left alone.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 all are as the files say, 3 something is not valid, or could not be sent."
    })
public final class ApplyCommand implements Callable<Integer> {

  @Mixin private FileOptions files;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    List<Checked> wanted = Checked.valid(files.documents());
    SchedulerApi scheduler = server.scheduler();
    ArrayNode json = Json.mapper().createArrayNode();
    List<String> lines = new ArrayList<>();
    try {
      for (Checked each : wanted) {
        String result = apply(each, scheduler);
        json.addObject().put("experiment", each.name().value()).put("result", result);
        lines.add("experiment " + each.name() + " " + result);
      }
    } finally {
      output.print(new Answer(json, lines));
    }
    return 0;
  }

  private static String apply(Checked wanted, SchedulerApi scheduler)
      throws CouldNotRun, InterruptedException {
    Optional<JsonNode> present = scheduler.experiment(wanted.name());
    if (present.filter(wanted.definition()::equals).isPresent()) {
      return "unchanged";
    }
    scheduler.define(wanted.name(), wanted.written().text());
    return present.isPresent() ? "changed" : "created";
  }
}
