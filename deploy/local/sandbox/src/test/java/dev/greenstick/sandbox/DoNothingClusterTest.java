package dev.greenstick.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite is worth something: a cluster that agrees to everything and does nothing fails it all.
 */
class DoNothingClusterTest {

  @TempDir private Path directory;

  @Test
  void everyTestOfTheSuiteFails() throws IOException, InterruptedException {
    // Given
    byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
          });
      server.start();
      Path kubeconfig = directory.resolve("kubeconfig");
      Files.writeString(
          kubeconfig,
          """
          apiVersion: v1
          kind: Config
          current-context: nothing
          contexts: [{name: nothing, context: {cluster: nothing, user: nobody}}]
          clusters: [{name: nothing, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: nobody, user: {token: none}}]
          """
              .formatted(server.getAddress().getPort()));

      // When
      Process suite =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-Dgreenstick.kubeconfig=" + kubeconfig,
                  "-Dgreenstick.namespace=default",
                  "-Dgreenstick.patience=1",
                  "dev.greenstick.sandbox.conformance.SuiteProcess")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      List<String> outcomes = suite.inputReader().readAllLines();
      suite.waitFor();

      // Then
      assertThat(outcomes).hasSizeGreaterThan(50);
      assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).startsWith("FAILED "));
    } finally {
      server.stop(0);
    }
  }
}
