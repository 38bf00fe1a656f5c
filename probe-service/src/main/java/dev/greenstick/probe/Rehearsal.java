package dev.greenstick.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.predict.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A run against a server of the prober's own before it takes commands. The first predictions of a
 * fresh process wait for classes to be loaded, up to two seconds on a small machine; without this a
 * baseline would measure that.
 */
final class Rehearsal {

  private static final Logger LOG = Logger.getLogger(Rehearsal.class);

  private static final Duration LENGTH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final double RATE = 100;
  private static final String REQUEST =
      "[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.1,0.2]}]";
  private static final String EXPECTED = "{\"label\":[\"O\"]}";
  private static final String ANSWER =
      "{\"model_name\":\"rehearsal\",\"outputs\":"
          + "[{\"name\":\"label\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"O\"]}]}";

  private final Vertx vertx;
  private final Ticker ticker;
  private final InstantSource wall;

  Rehearsal(Vertx vertx, Ticker ticker, InstantSource wall) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.wall = wall;
  }

  /**
   * Holds it, and returns when it is over. What goes wrong in it is logged and no more: runs tell
   * for themselves.
   */
  void hold(
      ClusterName cluster,
      Supplier<? extends Strand> lanes,
      BiFunction<Probe, Strand, Transport> transports) {
    HttpServer server = vertx.createHttpServer().requestHandler(Rehearsal::answer);
    try {
      server
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      ProbeStart start = start(cluster, server.actualPort());
      ProbeRun run =
          new ProbeRun(
              start,
              Beginning.FRESH,
              RunClock.startingIn(Duration.ZERO, ticker, wall),
              PATIENCE,
              (at, event) -> {},
              Runnable::run,
              lanes,
              transports);
      run.start(
          start,
          (reference, selectors, changed) -> null,
          (command, clock, isFresh, changed) -> null);
      var unused = run.ended().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warnf(e, "The rehearsal failed: the first predictions may be slow");
    } finally {
      var unused = server.close();
    }
  }

  private static ProbeStart start(ClusterName cluster, int port) {
    RunRef run = RunRef.of(new ExperimentName("rehearsal"), cluster, Instant.EPOCH);
    Probe probe =
        new Probe(
            new ProbeName("rehearsal"),
            ServingProtocol.OPEN_INFERENCE_V2,
            URI.create("http://127.0.0.1:" + port),
            "rehearsal",
            null,
            RATE,
            PATIENCE,
            List.of(new PredictionRequest(json(REQUEST), json(EXPECTED))));
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        Instant.MAX,
        List.of(probe),
        List.of(),
        LENGTH);
  }

  private static void answer(HttpServerRequest request) {
    if (request.method() == HttpMethod.GET) {
      var unused = request.response().end();
      return;
    }
    request.body().onSuccess(body -> answer(request, body));
  }

  private static void answer(HttpServerRequest request, Buffer body) {
    ObjectNode answer = (ObjectNode) json(ANSWER);
    answer.set("id", json(body.toString()).path("id"));
    var unused =
        request.response().putHeader("Content-Type", "application/json").end(answer.toString());
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
