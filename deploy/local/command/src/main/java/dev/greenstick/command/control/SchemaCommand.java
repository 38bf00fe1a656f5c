package dev.greenstick.command.control;

import dev.greenstick.command.Greenstick;
import dev.greenstick.contracts.experiment.Experiment;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The schema of experiments, for editors. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of experiments, for editors to complete and check what is written.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Greenstick.Version.class,
    footer = {"", "Exit status: 0 printed."})
public final class SchemaCommand implements Callable<Integer> {

  private static final String SCHEMA = "/dev/greenstick/contracts/experiment.schema.json";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream schema = Experiment.class.getResourceAsStream(SCHEMA)) {
      out.print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
    return 0;
  }
}
