package dev.greenstick.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code deploy/greenstick demo --keep}, past its verdict and left running. Closing ends it. */
final class KeptDemo implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("started in +([0-9.]+) s");
  private static final long STOPPED_WITHIN_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;
  private final List<String> said = new ArrayList<>();

  private KeptDemo(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static KeptDemo start(Path home) throws IOException {
    Process process =
        new ProcessBuilder(
                "deploy/greenstick", "demo", "--keep", "--baseline", "6s", "--duration", "6s")
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    KeptDemo demo = new KeptDemo(process);
    String line;
    while ((line = demo.output.readLine()) != null) {
      System.err.println(line);
      demo.said.add(line);
      if (line.contains("--bootstrap-server")) {
        return demo;
      }
    }
    throw new IllegalStateException("the demo ended before its verdict");
  }

  /** The lines on start and memory. */
  List<String> footer() {
    return said.stream()
        .filter(line -> STARTED.matcher(line).find() || line.contains("memory"))
        .map(String::strip)
        .toList();
  }

  double secondsToFirstPrediction() {
    Matcher found =
        said.stream().map(STARTED::matcher).filter(Matcher::find).findFirst().orElseThrow();
    return Double.parseDouble(found.group(1));
  }

  URI service(String name) {
    return URI.create(find("^ +" + name + " +(http://[^/]+)/"));
  }

  String model() {
    return find("^ +the model +(http://\\S+)");
  }

  Path kubeconfig() {
    return Path.of(find("--kubeconfig (\\S+)"));
  }

  String bootstrapServers() {
    return find("--bootstrap-server (\\S+)");
  }

  private String find(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return said.stream()
        .map(compiled::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the demo did not say " + pattern));
  }

  @Override
  public void close() throws IOException {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "the demo did not stop within " + STOPPED_WITHIN_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
