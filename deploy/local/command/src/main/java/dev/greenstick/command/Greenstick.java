package dev.greenstick.command;

import dev.greenstick.command.control.AbortCommand;
import dev.greenstick.command.control.ApplyCommand;
import dev.greenstick.command.control.DeleteCommand;
import dev.greenstick.command.control.DiffCommand;
import dev.greenstick.command.control.GetCommand;
import dev.greenstick.command.control.HaltCommand;
import dev.greenstick.command.control.ResumeCommand;
import dev.greenstick.command.control.RunCommand;
import dev.greenstick.command.control.SchemaCommand;
import dev.greenstick.command.control.ValidateCommand;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.command.outcome.ExitStatus;
import dev.greenstick.command.replay.ExportCommand;
import dev.greenstick.command.replay.ReplayCommand;
import dev.greenstick.command.replay.StateCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The front door: {@code deploy/greenstick} becomes this. */
@Command(
    name = "greenstick",
    description = "Chaos engineering for machine-learning deployments, as events on Kafka.",
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    subcommands = {
      DemoCommand.class,
      StopCommand.class,
      ValidateCommand.class,
      DiffCommand.class,
      ApplyCommand.class,
      GetCommand.class,
      DeleteCommand.class,
      RunCommand.class,
      AbortCommand.class,
      HaltCommand.class,
      ResumeCommand.class,
      SchemaCommand.class,
      ReplayCommand.class,
      ExportCommand.class,
      StateCommand.class
    },
    footer = {
      "",
      "Exit status: 0 confirmed, 1 refuted, 2 inconclusive or aborted, 3 could not run."
    })
public final class Greenstick implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command; its exit status. */
  static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The command and all below it. */
  public static CommandLine commandLine() {
    return new CommandLine(new Greenstick())
        .setParameterExceptionHandler(Greenstick::misused)
        .setExecutionExceptionHandler(Greenstick::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static int misused(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(firstLine(e) + "; see greenstick " + name(e.getCommandLine()) + "--help");
    return ExitStatus.COULD_NOT_RUN.code();
  }

  private static String name(CommandLine command) {
    String name = command.getCommandName();
    return name.equals("greenstick") ? "" : name + " ";
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof CouldNotRun) {
      command.getErr().println(e.getMessage());
      return ExitStatus.COULD_NOT_RUN.code();
    }
    e.printStackTrace(command.getErr());
    return ExitStatus.COULD_NOT_RUN.code();
  }

  /** The version that is built. */
  public static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"greenstick " + System.getProperty("greenstick.version", "unknown")};
    }
  }
}
