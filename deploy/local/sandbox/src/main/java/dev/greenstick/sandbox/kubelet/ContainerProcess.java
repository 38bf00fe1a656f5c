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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running program and the log of what it prints. */
final class ContainerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);

  private static final long SECONDS_TO_END = 5;

  /** How long the rest of a log may take once its process has ended. */
  private static final long LOG_MILLIS = 300;

  private final Process process;
  private final boolean enclosed;
  private final CompletableFuture<Void> logged;

  private ContainerProcess(Process process, boolean enclosed, CompletableFuture<Void> logged) {
    this.process = process;
    this.enclosed = enclosed;
    this.logged = logged;
  }

  /**
   * Starts a program whose standard input is a pipe that stays open as long as the sandbox lives.
   *
   * @param enclosed whether the command starts the main process as its only child
   * @param environment all of it: nothing is inherited
   * @throws IOException when it cannot be started
   */
  static ContainerProcess start(
      List<String> command,
      boolean enclosed,
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
    CompletableFuture<Void> logged = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("log-" + process.pid())
        .start(
            () -> {
              keep(process, log, clock);
              logged.complete(null);
            });
    return new ContainerProcess(process, enclosed, logged);
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

  boolean alive() {
    return process.isAlive();
  }

  /** The id of the container's main process; empty while it is being started. */
  Optional<Long> main() {
    return enclosed
        ? process.children().map(ProcessHandle::pid).findFirst()
        : Optional.of(process.pid());
  }

  /**
   * Waits until there is a main process, a few milliseconds.
   *
   * @throws IOException when it ends before, or does not begin
   */
  void awaitMain() throws IOException {
    try {
      for (int i = 0; i < 500; i++) {
        Optional<Long> main = main();
        if (main.isPresent() && !ProcessSpaces.isEntering(main.get())) {
          return;
        }
        if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new IOException("it ended with exit code " + process.exitValue());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("its main process does not begin");
  }

  /** SIGTERM. */
  void terminate() {
    if (enclosed) {
      process.children().forEach(ProcessHandle::destroy);
    } else {
      process.destroy();
    }
  }

  /** SIGKILL, also for what it started: in a container nothing outlives the first process. */
  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits until it is gone, a few seconds at most. */
  void awaitEnd() {
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        LOG.warn("process {} does not end", process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its exit code, 128 and the signal's number when a signal ended it. */
  CompletableFuture<Integer> exit() {
    // What it printed last belongs to how it ended; a child that goes on printing does not.
    return process
        .onExit()
        .thenCombine(
            logged.copy().completeOnTimeout(null, LOG_MILLIS, TimeUnit.MILLISECONDS),
            (ended, whole) -> ended.exitValue());
  }
}
