package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.follow.SchedulerApi;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The end of definitions. */
@Command(
    name = "delete",
    description = {
      "Deletes experiments. Runs that have begun go on; abort or halt ends those.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 they are gone, 3 could not run."})
public final class DeleteCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The experiments' names")
  private List<String> names;

  @Option(names = "--ignore-not-found", description = "One that is not defined is as good as gone")
  private boolean ignoreNotFound;

  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    List<ExperimentName> experiments =
        names.stream().map(name -> server.parsed("NAME", name, ExperimentName::new)).toList();
    SchedulerApi scheduler = server.scheduler();
    ArrayNode json = Json.mapper().createArrayNode();
    List<String> lines = new ArrayList<>();
    try {
      for (ExperimentName experiment : experiments) {
        String result = delete(experiment, scheduler);
        json.addObject().put("experiment", experiment.value()).put("result", result);
        lines.add("experiment " + experiment + " " + result);
      }
    } finally {
      output.print(new Answer(json, lines));
    }
    return 0;
  }

  private String delete(ExperimentName experiment, SchedulerApi scheduler)
      throws CouldNotRun, InterruptedException {
    if (scheduler.delete(experiment)) {
      return "deleted";
    }
    if (ignoreNotFound) {
      return "not found";
    }
    throw new CouldNotRun("Experiment " + experiment + " is not defined");
  }
}
