package dev.greenstick.command.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.halt.HaltScope;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The kill switch. */
@Command(
    name = "halt",
    description = {
      "The kill switch: faults that are live are reverted at once, runs that go on end, and none begins until resume.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 it is in force, 3 could not run."})
public final class HaltCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SCOPE", description = "everything, cluster/NAME or experiment/NAME")
  private String scope;

  @Mixin private ReasonOption why;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    HaltScope what = server.parsed("SCOPE:", scope, HaltScope::parse);
    JsonNode halt = server.scheduler().halt(what, why.reason());
    output.print(
        new Answer(
            halt,
            List.of(
                "%s is halted by %s: %s"
                    .formatted(what, halt.path("by").asText(), halt.path("reason").asText()))));
    return 0;
  }
}
