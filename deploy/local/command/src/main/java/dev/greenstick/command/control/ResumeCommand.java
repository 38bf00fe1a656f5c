package dev.greenstick.command.control;

import dev.greenstick.command.Greenstick;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The end of a halt. */
@Command(
    name = "resume",
    description = {"Lifts a halt: runs may begin again; those that were halted stay ended.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    sortOptions = false,
    footer = {"", "Exit status: 0 it is lifted, 3 could not run, or nothing was halted."})
public final class ResumeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SCOPE",
      description = "everything, cluster/NAME or experiment/NAME, as it was halted")
  private String scope;

  @Mixin private ReasonOption why;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws CouldNotRun, InterruptedException {
    HaltScope what = server.parsed("SCOPE:", scope, HaltScope::parse);
    if (!server.scheduler().lift(what, why.reason())) {
      throw new CouldNotRun(what + " is not halted; greenstick get halts shows what is");
    }
    output.print(
        new Answer(
            Json.mapper().createObjectNode().put("scope", what.toString()).put("result", "lifted"),
            List.of(what + " may go on")));
    return 0;
  }
}
