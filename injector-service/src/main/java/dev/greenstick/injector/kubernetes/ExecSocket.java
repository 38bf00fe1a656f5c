package dev.greenstick.injector.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.cluster.Containers.Ran;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One command in a container over a WebSocket, as Kubernetes' {@code v4.channel.k8s.io} speaks it.
 * Not by fabric8's own exec, which lists and watches the pod first: rights that nobody needs.
 */
final class ExecSocket implements WebSocket.Listener {

  private static final String PROTOCOL = "v4.channel.k8s.io";
  private static final int STATUS = 3;
  private static final int CLOSED_NORMALLY = 1_000;
  private static final long SECONDS = 15;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CompletableFuture<Ran> ran = new CompletableFuture<>();

  private ExecSocket() {}

  /**
   * Runs a command.
   *
   * @throws KubernetesClientException with code 0 when it is not known what became of it
   */
  static Ran run(KubernetesClient client, PodRef pod, String container, List<String> command) {
    ExecSocket socket = new ExecSocket();
    WebSocket open = null;
    try {
      open =
          client
              .getHttpClient()
              .newWebSocketBuilder()
              .uri(uri(client, pod, container, command))
              .subprotocol(PROTOCOL)
              .buildAsync(socket)
              .get(SECONDS, TimeUnit.SECONDS);
      return socket.ran.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      throw new KubernetesClientException("no end of the command within " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted while a command ran", e);
    } finally {
      if (open != null) {
        open.sendClose(CLOSED_NORMALLY, "");
      }
    }
  }

  private static KubernetesClientException failure(Throwable cause) {
    Throwable reason = cause instanceof CompletionException ? cause.getCause() : cause;
    if (reason instanceof KubernetesClientException known) {
      return known;
    }
    int code =
        reason instanceof WebSocketHandshakeException refused && refused.getResponse() != null
            ? refused.getResponse().code()
            : 0;
    return new KubernetesClientException("the command was not run: " + reason, code, null);
  }

  private static URI uri(
      KubernetesClient client, PodRef pod, String container, List<String> command) {
    StringBuilder uri =
        new StringBuilder(client.getMasterUrl().toString().replaceAll("/+$", ""))
            .append("/api/v1/namespaces/")
            .append(pod.namespace())
            .append("/pods/")
            .append(pod.name())
            .append("/exec?stdout=true&stderr=true&container=")
            .append(encoded(container));
    command.forEach(word -> uri.append("&command=").append(encoded(word)));
    return URI.create(uri.toString());
  }

  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    if (message.hasRemaining()) {
      int channel = message.get();
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      if (channel == STATUS) {
        ended(new String(bytes, StandardCharsets.UTF_8));
      } else {
        output.writeBytes(bytes);
      }
    }
    socket.request();
  }

  private void ended(String text) {
    try {
      JsonNode status = Json.mapper().readTree(text);
      if (status.path("status").asText().equals("Success")) {
        ran.complete(ended(0));
      } else if (status.path("reason").asText().equals("NonZeroExitCode")) {
        int code =
            status
                .path("details")
                .path("causes")
                .valueStream()
                .filter(cause -> cause.path("reason").asText().equals("ExitCode"))
                .map(cause -> Integer.parseInt(cause.path("message").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no exit code: " + text));
        ran.complete(ended(code));
      } else {
        ran.complete(new Ran.NotStarted(status.path("message").asText()));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      ran.completeExceptionally(e);
    }
  }

  private Ran ended(int code) {
    return new Ran.Ended(code, output.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    ran.completeExceptionally(failure);
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason) {
    ran.completeExceptionally(
        new KubernetesClientException("the connection ended before the command: " + reason));
    socket.sendClose(CLOSED_NORMALLY, "");
  }
}
