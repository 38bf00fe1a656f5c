package dev.greenstick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process, and what it costs as Linux' /proc tells: processor time and the most memory it held.
 */
final class Watched implements AutoCloseable {

  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Process process;
  private double cpuSeconds;
  private long mostKilobytes;

  Watched(List<String> command) throws IOException {
    this(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
  }

  Watched(ProcessBuilder builder) throws IOException {
    this.process = builder.start();
  }

  Process process() {
    return process;
  }

  /** Waits for its end while it looks at what it costs; what it printed. */
  String output() throws Exception {
    var text =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(
                    process.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            // Of its own: whoever calls this may hold the only thread that is shared.
            reading -> Thread.ofPlatform().daemon().start(reading));
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      look();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("exit " + process.exitValue() + ": " + text.get());
    }
    return text.get();
  }

  /** Looks at what it costs so far. */
  void look() throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      // After the name in parentheses, which may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      cpuSeconds =
          (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
              / TICKS_PER_SECOND;
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          mostKilobytes = Math.max(mostKilobytes, Long.parseLong(line.replaceAll("\\D", "")));
        }
      }
    } catch (java.nio.file.NoSuchFileException e) {
      // It has just ended: what was seen last counts.
    }
  }

  double cpuSeconds() {
    return cpuSeconds;
  }

  double megabytes() {
    return mostKilobytes / 1_024.0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
