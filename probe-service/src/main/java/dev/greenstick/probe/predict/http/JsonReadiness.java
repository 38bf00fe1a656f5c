package dev.greenstick.probe.predict.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.predict.Seen;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Readiness of the protocols that answer one question about it, with status 200 when they do. */
final class JsonReadiness implements Readiness {

  /** Which question, and what a body must say beside the status. */
  enum Kind {
    KSERVE_V1,
    TF_SERVING,
    TORCHSERVE
  }

  /** The readiness questions. */
  interface Health extends AutoCloseable {

    @GET
    @Path("/v1/models/{model}")
    Uni<String> model(@PathParam("model") String model);

    @GET
    @Path("/v1/models/{model}/versions/{version}")
    Uni<String> version(@PathParam("model") String model, @PathParam("version") String version);

    @GET
    @Path("/ping")
    Uni<String> ping();
  }

  private final Kind kind;

  JsonReadiness(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Uni<Said> ask(Probe probe) {
    long millis = Math.max(1, probe.timeout().toMillis());
    Health health =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(probe.url())
            .connectTimeout(millis, TimeUnit.MILLISECONDS)
            .readTimeout(millis, TimeUnit.MILLISECONDS)
            .followRedirects(false)
            .build(Health.class);
    Uni<String> body =
        switch (kind) {
          case KSERVE_V1 -> health.model(probe.model());
          case TF_SERVING ->
              probe.version() == null
                  ? health.model(probe.model())
                  : health.version(probe.model(), probe.version());
          case TORCHSERVE -> health.ping();
        };
    String what = kind == Kind.TORCHSERVE ? "server" : "model " + probe.model();
    return body.map(text -> new Said(isReady(text), what + ": " + Seen.line(text)))
        .onFailure()
        .recoverWithItem(
            failure -> new Said(false, what + ": " + Seen.line(String.valueOf(failure))))
        .onTermination()
        .invoke(() -> close(health));
  }

  private boolean isReady(String body) {
    return switch (kind) {
      // Servers answer true, "True", or leave it out: only a plain no is one.
      case KSERVE_V1 -> !"false".equalsIgnoreCase(tree(body).path("ready").asText());
      case TF_SERVING ->
          tree(body).path("model_version_status").findValuesAsText("state").contains("AVAILABLE");
      case TORCHSERVE -> true;
    };
  }

  private static JsonNode tree(String body) {
    try {
      return Json.mapper().readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON: " + Seen.line(body), e);
    }
  }

  private static void close(Health health) {
    try {
      health.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing a REST client failed", e);
    }
  }
}
