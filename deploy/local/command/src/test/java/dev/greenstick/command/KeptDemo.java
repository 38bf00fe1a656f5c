package dev.greenstick.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code deploy/greenstick demo --keep --json}, up to its verdict: everything it started still
 * runs, so that topics and pods can be looked at and more can be asked of it. What it says is read
 * here and nowhere else. Closing ends it by force where {@link #stop()} has not.
 */
public final class KeptDemo implements AutoCloseable {

  /** The last line that says what is open. */
  private static final Pattern BROKER =
      Pattern.compile("^ +the events +.*--bootstrap-server (\\S+)");

  private static final Pattern KUBECONFIG = Pattern.compile("--kubeconfig (\\S+)");
  private static final Pattern MODEL = Pattern.compile("^ +the model +(http://\\S+)");
  private static final Pattern STARTED = Pattern.compile("started in +([0-9.]+) s");
  private static final Pattern FOOTER = Pattern.compile("^ +((?:started in|memory) .*)");
  private static final long STOPPED_WITHIN_SECONDS = 60;

  private final Process process;
  private final Path output;
  private final List<ProcessHandle> started;
  private final List<String> said;

  private KeptDemo(Process process, Path output, List<ProcessHandle> started, List<String> said) {
    this.process = process;
    this.output = output;
    this.started = started;
    this.said = said;
  }

  /**
   * Runs the demo of a clone until its verdict.
   *
   * @param home the clone
   * @param directory where its standard output is kept
   * @param options the demo's options besides
   */
  public static KeptDemo run(Path home, Path directory, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("deploy/greenstick", "demo", "--keep", "--json"));
    command.addAll(List.of(options));
    Path output = directory.resolve("demo.out");
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(output.toFile())
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.errorReader()) {
      String line;
      while ((line = lines.readLine()) != null && !line.contains("the events")) {
        said.add(line);
      }
      if (line != null) {
        said.add(line);
      }
      KeptDemo demo = new KeptDemo(process, output, process.descendants().toList(), said);
      if (demo.find(BROKER).isEmpty() || demo.find(KUBECONFIG).isEmpty()) {
        process.toHandle().destroy();
        throw new AssertionError(
            "the demo did not come to where it is left running:\n" + demo.said());
      }
      return demo;
    }
  }

  public String bootstrapServers() {
    return find(BROKER).orElseThrow();
  }

  public Path kubeconfig() {
    return Path.of(find(KUBECONFIG).orElseThrow());
  }

  /** The base URL of a service, by its word. */
  public URI service(String word) {
    return URI.create(find(Pattern.compile("^ +" + word + " +(http://[^/]+)/")).orElseThrow());
  }

  /** The base URL of the model server. */
  public String model() {
    return find(MODEL).orElseThrow();
  }

  /** From the start of the first part to the first answered prediction. */
  public double secondsToFirstPrediction() {
    return Double.parseDouble(find(STARTED).orElseThrow());
  }

  /** The lines on start and memory. */
  public List<String> footer() {
    return said.stream().map(FOOTER::matcher).filter(Matcher::find).map(m -> m.group(1)).toList();
  }

  /** What stands on standard output. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said while it ran. */
  public String said() {
    return String.join("\n", said);
  }

  /** Ends it as a user would; its exit status. */
  public int stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the demo did not stop within " + STOPPED_WITHIN_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** The processes it had started that are still there. */
  public List<ProcessHandle> left() {
    return started.stream().filter(ProcessHandle::isAlive).toList();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      started.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Optional<String> find(Pattern pattern) {
    return said.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }
}
