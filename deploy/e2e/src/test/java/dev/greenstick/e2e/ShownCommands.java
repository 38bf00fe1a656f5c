package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.command.KeptDemo;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.id.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The commands that a document shows, run one by one as they stand there. */
final class ShownCommands {

  private static final Path DOCUMENT = Repository.root().resolve("deploy/local/command/README.md");
  private static final int PATIENCE_MINUTES = 2;

  private ShownCommands() {}

  /** Those that judge history once more, on a broker that holds one run. */
  static void replay(String bootstrapServers, RunId run, Path directory)
      throws IOException, InterruptedException {
    for (String command : commands("## History, judged once more")) {
      run(
          command.replace("127.0.0.1:9092", bootstrapServers),
          directory,
          Map.of("RUN", run.toString()));
    }
    assertThat(directory.resolve("commands.out"))
        .content()
        .contains("1 verdict reached again, byte for byte", "records are in history");
    assertThat(Files.readAllLines(directory.resolve("outcomes.jsonl"))).hasSize(1);
  }

  /** Those that steer a scheduler, on the demo's that is left running. */
  static void control(KeptDemo demo, Path directory) throws IOException, InterruptedException {
    String definition =
        Examples.DOCUMENT
            .replace("http://127.0.0.1:8000", demo.model())
            .replace("\"30s\"", "\"2s\"")
            .replace("  hypothesis:", "  baseline: 5s\n  recovery: 0s\n  hypothesis:");
    Files.writeString(directory.resolve("experiment.yaml"), definition);
    Map<String, String> servers =
        Map.of(
            "GREENSTICK_SERVER", demo.service("scheduler").toString(),
            "GREENSTICK_VERDICT_SERVER", demo.service("verdict").toString(),
            "GREENSTICK_USER", "alice");
    for (String command : commands("## A scheduler that runs somewhere")) {
      run(command, directory, servers);
    }
    assertThat(directory.resolve("commands.out"))
        .content()
        .contains(
            "experiment.yaml: experiment one-pod-fails is valid",
            "~ spec.recovery: \"15s\" -> \"0s\"",
            "experiment one-pod-fails changed",
            "baseline: 5s",
            "on local: step",
            "cluster/local is halted by alice: a customer called",
            "cluster/local may go on",
            "is being aborted",
            "experiment one-pod-fails deleted")
        .containsPattern("(?m)^local +true +\\S+ +injector +\\S+ +\\S+Z$")
        .containsPattern("(?m)^local +true +\\S+ +probe +\\S+ +\\S+Z$")
        .containsPattern("run \\S+ on local is (confirmed|refuted|inconclusive): ")
        .containsPattern("(?m)^cluster/local +alice +\\S+Z +a customer called$");
  }

  /** The commands of the first block under a heading. */
  private static List<String> commands(String heading) throws IOException {
    List<String> commands =
        Files.readString(DOCUMENT)
            .transform(text -> text.substring(text.indexOf(heading)))
            .transform(text -> text.substring(text.indexOf("```sh\n") + 6))
            .transform(text -> text.substring(0, text.indexOf("```")))
            .lines()
            .map(
                line -> line.replace("deploy/greenstick", Repository.root() + "/deploy/greenstick"))
            .toList();
    assertThat(commands).hasSizeGreaterThan(5);
    return commands;
  }

  private static void run(String command, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("commands.out").toFile()));
    shell.environment().putAll(environment);
    Process process = shell.start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroy();
    }
    assertThat(ended && process.exitValue() == 0)
        .as("%s:%n%s", command, Files.readString(directory.resolve("commands.out")))
        .isTrue();
  }
}
