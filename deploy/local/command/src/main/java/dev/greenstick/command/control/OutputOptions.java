package dev.greenstick.command.control;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command's answer is printed, on standard output. */
final class OutputOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "json, yaml or table (default: table)")
  private Format format = Format.table;

  void print(Answer answer) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(answer.in(format));
    out.flush();
  }

  /** What a person wants to know meanwhile, and a program does not. */
  void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
