package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.id.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands that a document shows, run one by one as they stand there. */
final class ShownCommands {

  private static final Path DOCUMENT = Repository.root().resolve("deploy/local/command/README.md");
  private static final int PATIENCE_MINUTES = 2;

  private ShownCommands() {}

  /** Those that judge history once more, on a broker that holds one run. */
  static void replay(String bootstrapServers, RunId run, Path directory)
      throws IOException, InterruptedException {
    List<String> commands =
        Files.readString(DOCUMENT)
            .transform(text -> text.substring(text.indexOf("## History, judged once more")))
            .transform(text -> text.substring(text.indexOf("```sh\n") + 6))
            .transform(text -> text.substring(0, text.indexOf("```")))
            .lines()
            .toList();
    assertThat(commands).hasSizeGreaterThan(5);
    for (String command : commands) {
      run(
          command
              .replace("127.0.0.1:9092", bootstrapServers)
              .replace("deploy/greenstick", Repository.root() + "/deploy/greenstick"),
          run,
          directory);
    }
    assertThat(directory.resolve("replay.out"))
        .content()
        .contains("1 verdict reached again, byte for byte", "records are in history");
    assertThat(Files.readAllLines(directory.resolve("outcomes.jsonl"))).hasSize(1);
  }

  private static void run(String command, RunId run, Path directory)
      throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("replay.out").toFile()));
    shell.environment().put("RUN", run.toString());
    Process process = shell.start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroy();
    }
    assertThat(ended && process.exitValue() == 0)
        .as("%s:%n%s", command, Files.readString(directory.resolve("replay.out")))
        .isTrue();
  }
}
