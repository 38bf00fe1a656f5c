package dev.greenstick.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code deploy/greenstick demo --keep --json}, up to its verdict: everything it started still
 * runs, so that topics and pods can be looked at. Closing ends it as Ctrl-C does.
 */
final class KeptDemo implements AutoCloseable {

  private static final Pattern BROKER =
      Pattern.compile("^ +the events +.*--bootstrap-server (\\S+)");
  private static final Pattern KUBECONFIG = Pattern.compile("--kubeconfig (\\S+)");
  private static final long STOPPED_WITHIN_SECONDS = 60;

  private final Process process;
  private final Path output;
  private final Path errors;
  private final List<ProcessHandle> started;
  private final String bootstrapServers;
  private final Path kubeconfig;

  private KeptDemo(
      Process process,
      Path output,
      Path errors,
      List<ProcessHandle> started,
      String bootstrapServers,
      Path kubeconfig) {
    this.process = process;
    this.output = output;
    this.errors = errors;
    this.started = started;
    this.bootstrapServers = bootstrapServers;
    this.kubeconfig = kubeconfig;
  }

  /** Runs the demo until its verdict, with these options besides. */
  static KeptDemo run(Path directory, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("deploy/greenstick", "demo", "--keep", "--json"));
    command.addAll(List.of(options));
    Path output = directory.resolve("demo.out");
    Path errors = directory.resolve("demo.err");
    Process process =
        new ProcessBuilder(command)
            .directory(Repository.root().toFile())
            .redirectOutput(output.toFile())
            .start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = process.errorReader()) {
      String bootstrapServers = null;
      Path kubeconfig = null;
      String line;
      while (bootstrapServers == null && (line = lines.readLine()) != null) {
        said.append(line).append('\n');
        kubeconfig = find(KUBECONFIG, line) == null ? kubeconfig : Path.of(find(KUBECONFIG, line));
        bootstrapServers = find(BROKER, line);
        if (bootstrapServers == null && line.contains("the events")) {
          break;
        }
      }
      Files.writeString(errors, said);
      if (bootstrapServers == null || kubeconfig == null) {
        process.toHandle().destroy();
        throw new AssertionError("the demo did not come to where it is left running:\n" + said);
      }
      return new KeptDemo(
          process, output, errors, process.descendants().toList(), bootstrapServers, kubeconfig);
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** What stands on standard output. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said while it ran. */
  String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a user would; its exit status. */
  int stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the demo did not stop within " + STOPPED_WITHIN_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** The processes it had started that are still there. */
  List<ProcessHandle> left() {
    return started.stream().filter(ProcessHandle::isAlive).toList();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      started.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String find(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    return found.find() ? found.group(1) : null;
  }
}
