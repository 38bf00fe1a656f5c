package dev.greenstick.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An injector as it ships, in a process of its own.
 *
 * @param process the process
 * @param port where it answers
 */
record InjectorProcess(Process process, int port) implements AutoCloseable {

  private static final Path JAR =
      Repository.root().resolve("injector-service/target/quarkus-app/quarkus-run.jar");

  static InjectorProcess start(String name, Path kubeconfig, String servers, String... settings)
      throws IOException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "-Dkafka.bootstrap.servers=" + servers,
            "-Dquarkus.http.port=" + port,
            "-Dgreenstick.cluster=local",
            "-Dgreenstick.injector.namespaces=default",
            "-Dgreenstick.injector.identity=" + name);
    builder.command().addAll(List.of(settings));
    builder.command().addAll(List.of("-jar", JAR.toString()));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(Path.of("target", name + ".log").toFile()));
    return new InjectorProcess(builder.start(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What it says of itself: {@code leader}, {@code standby}; empty when it does not answer. */
  String role() {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
      String body =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)))
                      .timeout(Duration.ofSeconds(3))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body()
              .replaceAll("\\s", "");
      return body.contains("\"role\":\"leader\"")
          ? "leader"
          : body.contains("\"role\":\"standby\"") ? "standby" : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking an injector", e);
    }
  }

  /** Sends SIGSTOP or SIGCONT. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -%s of %d failed".formatted(name, process.pid()));
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; false when it has not ended within ten seconds. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
