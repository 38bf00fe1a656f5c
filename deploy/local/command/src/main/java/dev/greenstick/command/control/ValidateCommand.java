package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The scheduler's rules without a scheduler. */
@Command(
    name = "validate",
    description = {
      "Checks definitions by the scheduler's own rules, and says every problem at once with line and column. Asks nobody.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 all are valid, 1 some are not, 3 could not run."})
public final class ValidateCommand implements Callable<Integer> {

  @Mixin private FileOptions files;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun {
    List<Checked> checked = Checked.all(files.documents());
    ArrayNode json = Json.mapper().createArrayNode();
    checked.forEach(each -> json.add(each.json()));
    output.print(
        new Answer(json, checked.stream().flatMap(each -> each.lines().stream()).toList()));
    return checked.stream().allMatch(Checked::isValid) ? 0 : 1;
  }
}
