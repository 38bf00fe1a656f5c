package dev.greenstick.probe.predict.http;

import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.probe.predict.Seen;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;

/** Readiness by the Open Inference Protocol v2: by status code alone, since bodies differ. */
final class OpenInferenceReadiness implements Readiness {

  /** The health part of the protocol. */
  @Path("/v2")
  interface Health extends AutoCloseable {

    @GET
    @Path("/health/ready")
    Uni<Response> server();

    @GET
    @Path("/models/{model}/ready")
    Uni<Response> model(@PathParam("model") String model);

    @GET
    @Path("/models/{model}/versions/{version}/ready")
    Uni<Response> version(@PathParam("model") String model, @PathParam("version") String version);
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
    Uni<Said> server = said("server", health.server());
    Uni<Said> model =
        said(
            "model " + probe.model(),
            probe.version() == null
                ? health.model(probe.model())
                : health.version(probe.model(), probe.version()));
    return Uni.combine()
        .all()
        .unis(server, model)
        .with(
            (first, second) ->
                new Said(first.ready() && second.ready(), first.what() + ", " + second.what()))
        .onTermination()
        .invoke(() -> close(health));
  }

  private static Uni<Said> said(String what, Uni<Response> answer) {
    return answer
        .onFailure(WebApplicationException.class)
        .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse())
        .map(response -> said(what, response))
        .onFailure()
        .recoverWithItem(
            failure -> new Said(false, what + ": " + Seen.line(String.valueOf(failure))));
  }

  private static Said said(String what, Response response) {
    try (response) {
      boolean ready = response.getStatus() == Response.Status.OK.getStatusCode();
      return new Said(ready, what + ": " + response.getStatus());
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
