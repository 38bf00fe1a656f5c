package dev.greenstick.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** One instance of the verdict service in a process of its own: the jar that ships. */
final class VerdictService implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final Path state;

  private VerdictService(Process process, int port, Path state) {
    this.process = process;
    this.port = port;
    this.state = state;
  }

  static VerdictService start(String servers, Path state) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dkafka.bootstrap.servers=" + servers,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.log.level=ERROR",
                "-Dkafka-streams.state.dir=" + state,
                "-jar",
                "verdict-service/target/quarkus-app/quarkus-run.jar")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new VerdictService(process, port, state);
  }

  /** Waits until it answers a question with 200; how long after {@code since} that was. */
  Duration awaitAnswer(String path, long since) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (get(path).statusCode() == OK) {
          return Duration.ofNanos(System.nanoTime() - since);
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException(path + " is not answered within " + PATIENCE);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** How long a question takes, in microseconds, after as many again to warm up. */
  Histogram times(String path, int count) throws IOException, InterruptedException {
    Histogram micros = new Histogram(3);
    for (int i = 0; i < 2 * count; i++) {
      long since = System.nanoTime();
      HttpResponse<String> answer = get(path);
      if (answer.statusCode() != OK) {
        throw new IllegalStateException(path + " answered " + answer.statusCode());
      }
      if (i >= count) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since));
      }
    }
    return micros;
  }

  /** A counter of its metrics; 0 while it does not answer. */
  double counter(String name) throws InterruptedException {
    try {
      Matcher found =
          Pattern.compile("(?m)^" + name + "(?:\\{[^}]*\\})? (\\S+)$")
              .matcher(get("/q/metrics").body());
      return found.find() ? Double.parseDouble(found.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Bytes of each store on disk, over all partitions; stores in memory do not count. */
  Map<String, Long> storedBytes() throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path parent = file.getParent();
        if (parent.getParent() != null
            && parent.getParent().getFileName().toString().equals("rocksdb")) {
          bytes.merge(parent.getFileName().toString(), Files.size(file), Long::sum);
        }
      }
    }
    return bytes;
  }

  /** The time of one processor that it has taken so far, whatever for. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** Memory that it holds now, in megabytes. */
  long residentMegabytes() throws IOException {
    return residentMegabytes(process.pid());
  }

  private static long residentMegabytes(long pid) throws IOException {
    Matcher found =
        Pattern.compile("VmRSS:\\s+(\\d+) kB")
            .matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
    return found.find() ? Long.parseLong(found.group(1)) >> 10 : 0;
  }

  /** Stops it as an installation does, so that its stores are whole on disk. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    http.shutdownNow();
  }
}
