package dev.greenstick.broker.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * A Java process on the test's own class path, to be killed with SIGKILL. Its main class says
 * {@link #RUNNING} once it does its work.
 *
 * @param process the process
 * @param at when it was started
 * @param running completes with the instant at which it said that it runs
 */
public record KillableProcess(Process process, Instant at, CompletableFuture<Instant> running) {

  /** The line by which the process says that it does its work. */
  public static final String RUNNING = "RUNNING";

  /** Starts a main class; whatever it says goes to the end of {@code log}. */
  public static KillableProcess start(
      Class<?> main, Path log, InstantSource clock, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<Instant> running = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> read(process, log, clock, running));
    return new KillableProcess(process, clock.instant(), running);
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * The settings under a prefix, without it, of the {@code application.properties} that ships
   * beside a class: for a main class that runs with them.
   */
  public static Properties shipped(Class<?> beside, String prefix) throws IOException {
    Properties all = new Properties();
    try (var file = beside.getResourceAsStream("/application.properties")) {
      all.load(file);
    }
    Properties settings = new Properties();
    for (String name : all.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        settings.put(name.substring(prefix.length()), all.getProperty(name));
      }
    }
    return settings;
  }

  private static void read(
      Process process, Path log, InstantSource clock, CompletableFuture<Instant> running) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Files.writeString(
            log,
            line + System.lineSeparator(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        if (line.equals(RUNNING)) {
          running.complete(clock.instant());
        }
      }
    } catch (IOException e) {
      // It was killed while it spoke.
    }
  }
}
