package dev.greenstick.sandbox.kubelet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks containers how they are. Safe for use by several threads. */
final class Prober implements AutoCloseable {

  private final HttpClient http;
  private final Executor blocking;
  private final PodNetwork network;

  Prober(PodNetwork network, Executor blocking) {
    this.network = network;
    this.blocking = blocking;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(blocking)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What went wrong, empty when nothing did. Never completes exceptionally. */
  CompletableFuture<Optional<String>> ask(Probe probe, String podIp) {
    return switch (probe.check()) {
      case Probe.HttpGet get -> http(probe, get, podIp);
      case Probe.TcpSocket tcp ->
          CompletableFuture.supplyAsync(() -> connect(probe, tcp, podIp), blocking);
      case Probe.Unsupported unsupported ->
          CompletableFuture.completedFuture(
              Optional.of("the sandbox does not support probes of kind " + unsupported.kind()));
    };
  }

  private CompletableFuture<Optional<String>> http(Probe probe, Probe.HttpGet get, String podIp) {
    String path = get.path().startsWith("/") ? get.path() : "/" + get.path();
    String shown = "Get \"http://%s:%d%s\": ".formatted(podIp, get.port(), path);
    OptionalInt port = network.port(podIp, get.port());
    if (port.isEmpty()) {
      return CompletableFuture.completedFuture(
          Optional.of(
              shown + "dial tcp %s:%d: connect: connection refused".formatted(podIp, get.port())));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + path))
            .timeout(probe.timeout())
            .header("User-Agent", "kube-probe/1.32")
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle(
            (response, failure) -> {
              if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                return Optional.of(shown + describe(cause));
              }
              int code = response.statusCode();
              return code >= 200 && code < 400
                  ? Optional.empty()
                  : Optional.of("HTTP probe failed with statuscode: " + code);
            });
  }

  private Optional<String> connect(Probe probe, Probe.TcpSocket tcp, String podIp) {
    OptionalInt port = network.port(podIp, tcp.port());
    if (port.isPresent()) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()),
            (int) probe.timeout().toMillis());
        return Optional.empty();
      } catch (IOException refused) {
        return Optional.of("dial tcp %s:%d: %s".formatted(podIp, tcp.port(), describe(refused)));
      }
    }
    return Optional.of("dial tcp %s:%d: connect: connection refused".formatted(podIp, tcp.port()));
  }

  private static String describe(Throwable failure) {
    return switch (failure) {
      case java.net.http.HttpTimeoutException timeout ->
          "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
      case java.net.ConnectException refused -> "connect: connection refused";
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
