package dev.greenstick.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One instance of the verdict service: the jar that ships, in a process of its own. */
final class VerdictProcess implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /**
   * A connection for each question, so that a stream that nobody reads to its end holds up none.
   */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final int port;

  private VerdictProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static VerdictProcess start(String servers, Path directory, String name) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dkafka.bootstrap.servers=" + servers,
                "-Dquarkus.http.port=" + port,
                "-Dgreenstick.verdict.retention=36500d",
                "-Dkafka-streams.state.dir=" + directory.resolve(name),
                "-jar",
                Repository.root()
                    .resolve("verdict-service/target/quarkus-app/quarkus-run.jar")
                    .toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    Path.of("target", "verdict-" + name + ".log").toFile()))
            .start();
    return new VerdictProcess(process, port);
  }

  int port() {
    return port;
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /**
   * What it answers.
   *
   * @throws IOException when it does not
   */
  Answer get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(at(path)).timeout(ANSWER).build(),
            HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Retry-After").isPresent(),
        response.body());
  }

  /** Lines as they come, until the stream is closed. */
  HttpResponse<Stream<String>> lines(String path, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  /** Waits until it answers a path with 200. */
  Answer await(String path, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    String last = "nothing";
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        Answer answer = get(path);
        if (answer.status() == 200) {
          return answer;
        }
        last = answer.toString();
      } catch (IOException e) {
        last = e.toString();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError(path + " of the instance at " + port + " answered " + last);
  }

  /** Kills it with SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    http.shutdownNow();
  }

  /** An answer. */
  record Answer(int status, boolean retryAfter, String body) {

    JsonNode json() throws IOException {
      return Json.mapper().readTree(body);
    }

    /** Nothing is wrong with the question, and it may be asked again in a moment. */
    boolean notNow() {
      return status == 503 && retryAfter;
    }
  }
}
