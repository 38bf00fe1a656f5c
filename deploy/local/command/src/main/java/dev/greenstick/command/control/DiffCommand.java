package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** What apply would change. */
@Command(
    name = "diff",
    description = {
      "Shows what apply would change, field by field, with every default filled in on both sides. Changes nothing.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 nothing would change, 1 something would, 3 could not run, or something is not valid."
    })
public final class DiffCommand implements Callable<Integer> {

  @Mixin private FileOptions files;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    List<Checked> wanted = Checked.valid(files.documents());
    SchedulerApi scheduler = server.scheduler();
    ArrayNode json = Json.mapper().createArrayNode();
    List<String> lines = new ArrayList<>();
    for (Checked each : wanted) {
      Optional<JsonNode> present = scheduler.experiment(each.name());
      List<Change> changes =
          present.map(now -> Change.between(now, each.definition())).orElse(List.of());
      if (present.isPresent() && changes.isEmpty()) {
        continue;
      }
      ObjectNode difference = json.addObject().put("experiment", each.name().value());
      difference.put("defined", present.isPresent());
      ArrayNode list = difference.putArray("changes");
      changes.forEach(change -> list.add(change.json()));
      lines.add("experiment " + each.name() + (present.isPresent() ? "" : " is not defined yet"));
      changes.forEach(change -> lines.add("  " + change.line()));
    }
    output.print(new Answer(json, lines));
    return json.isEmpty() ? 0 : 1;
  }
}
