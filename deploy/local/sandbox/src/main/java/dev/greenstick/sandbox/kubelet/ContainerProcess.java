package dev.greenstick.sandbox.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running program and the log of what it prints. */
final class ContainerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);

  private final Process process;

  private ContainerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a program whose standard input is a pipe that stays open as long as the sandbox lives.
   *
   * @param environment all of it: nothing is inherited
   * @throws IOException when it cannot be started
   */
  static ContainerProcess start(
      List<String> command,
      Map<String, String> environment,
      Path log,
      Guard guard,
      InstantSource clock)
      throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(log.getParent().toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    guard.started(process.pid());
    Thread.ofPlatform()
        .daemon()
        .name("log-" + process.pid())
        .start(() -> keep(process, log, clock));
    return new ContainerProcess(process);
  }

  private static void keep(Process process, Path log, InstantSource clock) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer file =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(clock.instant() + " " + line + "\n");
        file.flush();
      }
    } catch (IOException e) {
      LOG.debug("log {} ended: {}", log, e.getMessage());
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL, also for what it started: in a container nothing outlives the first process. */
  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Its exit code, 128 and the signal's number when a signal ended it. */
  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }
}
