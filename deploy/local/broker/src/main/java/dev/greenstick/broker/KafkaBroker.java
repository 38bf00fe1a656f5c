package dev.greenstick.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.greenstick.broker.BrokerException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running Apache Kafka broker in a JVM of its own. It ends with this object's {@link #close}, and
 * with this JVM however that ends. Safe for any thread.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final int LINES_OF_LOG = 20;
  private static final int TRIES_FOR_ANY_PORT = 3;
  private static final long SECONDS_TO_STOP = 15;

  private final Process process;
  private final String bootstrapServers;
  private final Path directory;
  private final boolean temporary;

  private KafkaBroker(Process process, String bootstrapServers, Path directory, boolean temporary) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
    this.directory = directory;
    this.temporary = temporary;
  }

  /**
   * Starts a broker and returns once it answers. When it does not, nothing is left of it but the
   * directory that the settings named.
   *
   * @throws BrokerException when it cannot be started, within the settings' patience
   */
  public static KafkaBroker start(BrokerSettings settings) throws BrokerException {
    for (int tried = 1; ; tried++) {
      try {
        return startOnce(settings);
      } catch (BrokerException e) {
        if (!mayDoBetter(e, settings) || tried == TRIES_FOR_ANY_PORT) {
          throw e;
        }
      }
    }
  }

  // Between finding free ports and Kafka's listening on them, another process may have taken one:
  // the broker's then, and it says so, or the controller's, and the broker waits for a stranger.
  private static boolean mayDoBetter(BrokerException failure, BrokerSettings settings) {
    boolean unlucky =
        failure.reason() == Reason.PORT_IN_USE
            || (failure.reason() == Reason.NOT_ANSWERING && settings.directory().isEmpty());
    return unlucky && settings.port() == 0;
  }

  /** Where clients connect to: host and port. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where it keeps its data and its log. */
  public Path directory() {
    return directory;
  }

  /** The id of its process. */
  public long pid() {
    return process.pid();
  }

  /** Whether its process still runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /**
   * Stops it and waits until it has ended, by force after a while. Removes the directory if it was
   * the broker's own. Closing again does nothing.
   */
  @Override
  public void close() {
    end(process);
    if (temporary) {
      remove(directory);
    }
  }

  private static KafkaBroker startOnce(BrokerSettings settings) throws BrokerException {
    boolean temporary = settings.directory().isEmpty();
    var directory = temporary ? ownDirectory() : settings.directory().get().toAbsolutePath();
    Process process = null;
    try {
      process = spawn(settings, directory, temporary);
      return new KafkaBroker(
          process, firstAnswer(process, settings, directory), directory, temporary);
    } catch (BrokerException e) {
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
      if (temporary) {
        remove(directory);
      }
      throw e;
    }
  }

  private static Path ownDirectory() throws BrokerException {
    try {
      return Files.createTempDirectory("greenstick-broker-");
    } catch (IOException e) {
      throw new BrokerException(
          Reason.DIRECTORY_UNUSABLE,
          "The broker needs a directory in "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static Process spawn(BrokerSettings settings, Path directory, boolean temporary)
      throws BrokerException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings.jvmOptions());
    command.addAll(List.of("-cp", settings.classPath(), BrokerProcess.class.getName()));
    command.addAll(
        List.of("--dir", directory.toString(), "--port", String.valueOf(settings.port())));
    command.addAll(
        List.of(
            "--least-free-bytes", String.valueOf(settings.leastFreeBytes()), "--exit-with-parent"));
    if (temporary) {
      command.add("--temporary");
    }
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new BrokerException(
          Reason.EXITED, "The broker's process could not be started: " + e.getMessage(), e);
    }
  }

  private static String firstAnswer(Process process, BrokerSettings settings, Path directory)
      throws BrokerException {
    var words = new LastWords(process.errorReader(StandardCharsets.UTF_8), LINES_OF_LOG);
    var answer = new CompletableFuture<JsonNode>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> readAnswers(process.inputReader(StandardCharsets.UTF_8), answer));
    try {
      var said = answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
      if (said.has("bootstrapServers")) {
        return said.get("bootstrapServers").asText();
      }
      throw new BrokerException(
          Reason.valueOf(said.get("failed").asText()), said.get("because").asText());
    } catch (TimeoutException e) {
      throw new BrokerException(
          Reason.NOT_ANSWERING,
          "The broker did not answer within "
              + settings.patience().toSeconds()
              + " s"
              + log(directory, words),
          e);
    } catch (ExecutionException e) {
      throw ended(process, directory, words);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException(
          Reason.NOT_ANSWERING, "Interrupted while the broker was starting", e);
    }
  }

  // Goes on after the answer, so that the process never blocks on a full pipe.
  private static void readAnswers(BufferedReader lines, CompletableFuture<JsonNode> answer) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          answer.complete(new JsonMapper().readTree(line));
        }
      }
      answer.completeExceptionally(new IOException("ended"));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private static BrokerException ended(Process process, Path directory, LastWords words) {
    int status = process.onExit().join().exitValue();
    return new BrokerException(
        Reason.EXITED,
        "The broker ended with status " + status + " before it answered" + log(directory, words));
  }

  private static String log(Path directory, LastWords words) {
    var lines = new ArrayList<String>();
    var log = directory.resolve(BrokerProcess.LOG);
    try {
      if (Files.exists(log)) {
        var all = Files.readAllLines(log);
        lines.addAll(all.subList(Math.max(0, all.size() - LINES_OF_LOG), all.size()));
      }
    } catch (IOException e) {
      lines.add("(" + log + " cannot be read: " + e.getMessage() + ")");
    }
    lines.addAll(words.lines());
    return lines.isEmpty() ? "" : "; its last words:\n" + String.join("\n", lines);
  }

  private static void end(Process process) {
    // Process.destroy would also close the standard input, which tells the broker that this JVM is
    // gone.
    process.toHandle().destroy();
    try {
      if (process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }

  private static void remove(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The broker's directory " + directory + " could not be removed", e);
    }
  }
}
