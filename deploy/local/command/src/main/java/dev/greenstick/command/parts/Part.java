package dev.greenstick.command.parts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.outcome.CouldNotRun;
import dev.greenstick.contracts.wire.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that was started. Its standard input stays open as long as this process lives, its
 * output goes to a log file. Safe for any thread.
 */
public final class Part {

  private static final int READY = 200;

  /** A part that ends for want of space gives some back with what it removes. */
  private static final long FULL_BYTES = 128L << 20;

  private static final long POLL_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final PartName name;
  private final Process process;
  private final Path log;
  private final List<Path> logs;
  private final CompletableFuture<JsonNode> announcement = new CompletableFuture<>();

  private Part(PartName name, Process process, Path log, List<Path> logs) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.logs = logs;
  }

  static Part start(Launch launch, Workplace workplace) throws CouldNotRun {
    Path log = workplace.resolve(launch.part().word() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(launch.command())
            .directory(workplace.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(launch.environment());
    try {
      Process process = builder.start();
      List<Path> logs = new ArrayList<>(List.of(log));
      logs.addAll(launch.logs());
      Part part = new Part(launch.part(), process, log, logs);
      Thread.ofVirtual().name(launch.part().word() + "-output").start(part::copyOutput);
      return part;
    } catch (IOException e) {
      throw new CouldNotRun(
          "The " + launch.part().word() + " could not be started: " + e.getMessage(), e);
    }
  }

  // A part may say in one line of JSON where it is; everything else is its log.
  private void copyOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter out =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{") && !announcement.isDone()) {
          announcement.complete(Json.mapper().readTree(line));
        }
        out.write(line);
        out.newLine();
        out.flush();
      }
    } catch (IOException e) {
      announcement.completeExceptionally(e);
      discardOutput();
    } finally {
      announcement.completeExceptionally(new IOException("ended"));
    }
  }

  // With a full disk the log ends; the part must not block on its output for that.
  private void discardOutput() {
    try {
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** Which part it is. */
  public PartName name() {
    return name;
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /**
   * The line of JSON in which the part says that it is ready.
   *
   * @throws CouldNotRun when it ends or fails to say so in time
   */
  JsonNode announced() throws CouldNotRun, InterruptedException {
    try {
      JsonNode said = announcement.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (said.has("failed")) {
        throw new CouldNotRun(said.path("because").asText(said.path("failed").asText()));
      }
      return said;
    } catch (TimeoutException e) {
      throw notReady();
    } catch (ExecutionException e) {
      throw ended();
    }
  }

  /**
   * Waits until the URL answers 200.
   *
   * @throws CouldNotRun when the process ends or does not answer so in time
   */
  void awaitReady(HttpClient client, URI url) throws CouldNotRun, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw ended();
      }
      if (answers(client, request)) {
        return;
      }
    }
    throw notReady();
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == READY;
    } catch (IOException e) {
      return false;
    }
  }

  private CouldNotRun notReady() {
    return new CouldNotRun(
        "The "
            + name.word()
            + " was not ready within "
            + PATIENCE.toSeconds()
            + " s"
            + lastWords());
  }

  /** Why there is no such process any more; for one that has ended. */
  public CouldNotRun ended() {
    int status = process.onExit().join().exitValue();
    return new CouldNotRun("The " + name.word() + " ended with status " + status + lastWords());
  }

  private String lastWords() {
    try {
      if (Files.getFileStore(log.getParent()).getUsableSpace() < FULL_BYTES) {
        return ": the disk that holds " + log.getParent() + " is full";
      }
      List<String> lines = new ArrayList<>();
      for (Path file : logs) {
        lines.addAll(Files.exists(file) ? Files.readAllLines(file) : List.of());
      }
      String line = LastWords.of(lines);
      return line.isEmpty() ? "; its log is empty" : ": " + line;
    } catch (IOException e) {
      return "; its log " + log + " cannot be read: " + e.getMessage();
    }
  }
}
