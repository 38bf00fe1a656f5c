package dev.greenstick.sandbox.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** A probe of a container's spec. */
record Probe(
    Check check,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold) {

  /** What is asked of the container. */
  sealed interface Check {}

  /** A request that must be answered with 200 to 399. */
  record HttpGet(int port, String path) implements Check {}

  /** A connection that must be accepted. */
  record TcpSocket(int port) implements Check {}

  /** A check that the sandbox cannot make: it always fails, and says so. */
  record Unsupported(String kind) implements Check {}

  /** The probe of a spec, empty when it has none. */
  static Optional<Probe> of(JsonNode container, String field) {
    JsonNode probe = container.path(field);
    if (!probe.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new Probe(
            check(container, probe),
            Duration.ofSeconds(probe.path("initialDelaySeconds").asLong(0)),
            Duration.ofSeconds(Math.max(1, probe.path("periodSeconds").asLong(10))),
            Duration.ofSeconds(Math.max(1, probe.path("timeoutSeconds").asLong(1))),
            Math.max(1, probe.path("successThreshold").asInt(1)),
            Math.max(1, probe.path("failureThreshold").asInt(3))));
  }

  private static Check check(JsonNode container, JsonNode probe) {
    if (probe.has("httpGet")) {
      JsonNode get = probe.get("httpGet");
      return new HttpGet(port(container, get.path("port")), get.path("path").asText("/"));
    }
    if (probe.has("tcpSocket")) {
      return new TcpSocket(port(container, probe.get("tcpSocket").path("port")));
    }
    return new Unsupported(probe.has("exec") ? "exec" : probe.has("grpc") ? "grpc" : "unknown");
  }

  private static int port(JsonNode container, JsonNode port) {
    if (port.isInt()) {
      return port.asInt();
    }
    for (JsonNode declared : container.path("ports")) {
      if (declared.path("name").asText().equals(port.asText())) {
        return declared.path("containerPort").asInt();
      }
    }
    return port.asInt(0);
  }
}
