package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ProtocolOptions;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.WakeupThread;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that tells the role at once, the first word after 200 ms, and the last after 500 ms. */
class FirstTokenTest {

  private static final String CHUNK =
      "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService desk = Executors.newSingleThreadExecutor();
  private final WakeupThread wakeups = new WakeupThread(System::nanoTime);
  private final Queue<HealthEvent> events = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() throws Exception {
    desk.shutdown();
    wakeups.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void stream(HttpServerRequest request) {
    request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
    write(request, CHUNK.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    vertx.setTimer(200, due -> write(request, CHUNK.formatted("{\"content\":\"Hel\"}", "null")));
    vertx.setTimer(
        500,
        due -> {
          write(request, CHUNK.formatted("{\"content\":\"lo\"}", "\"stop\""));
          var unused = request.response().end("data: [DONE]\n\n");
        });
  }

  private static void write(HttpServerRequest request, String text) {
    if (!request.response().closed()) {
      var unused = request.response().write(text);
    }
  }

  private List<HealthWindow> run(Duration timeout) throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(this::stream);
    int port =
        server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    Probe probe =
        new Probe(
            new ProbeName("chat"),
            ServingProtocol.OPENAI,
            URI.create("http://127.0.0.1:" + port),
            "small",
            null,
            20,
            timeout,
            List.of(
                new PredictionRequest(
                    Json.mapper()
                        .readTree("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"),
                    Json.mapper().readTree("\"Hello\""))),
            null,
            null,
            null,
            Map.of(),
            new ProtocolOptions(null, null, null, null, null, null, true, null),
            null);
    ProbeStart start =
        new ProbeStart(
            CommandId.of(Examples.RUN.id(), "probe.start", ""),
            Examples.RUN,
            Clock.systemUTC().instant(),
            List.of(probe),
            List.of(),
            Duration.ofSeconds(2));
    Lanes lanes = new Lanes(vertx, 1, System::nanoTime, wakeups);
    ProbeRun run =
        new ProbeRun(
            start,
            Beginning.FRESH,
            RunClock.startingIn(Duration.ofMillis(100), System::nanoTime, Clock.systemUTC()),
            Duration.ofMillis(100),
            (at, event) -> events.add(event),
            desk,
            lanes::next,
            (each, lane) ->
                new HttpTransport(
                    vertx,
                    ((Lanes.Lane) lane).context(),
                    System::nanoTime,
                    Connections.NEW,
                    100,
                    1 << 20,
                    Access.PLAIN));
    run.start(start, null, null);
    run.ended().get(30, TimeUnit.SECONDS);
    return events.stream()
        .filter(HealthWindow.class::isInstance)
        .map(HealthWindow.class::cast)
        .toList();
  }

  private static Histogram firstTokens(List<HealthWindow> windows) {
    return LatencyHistogram.merge(
        windows.stream().map(HealthWindow::firstToken).filter(Objects::nonNull).toList());
  }

  private static Answers answers(List<HealthWindow> windows) {
    return windows.stream().map(HealthWindow::answers).reduce(Answers.NONE, Answers::plus);
  }

  @Test
  void theFirstWordIsTimedAndNotTheRoleBeforeItNorTheEnd() throws Exception {
    // When
    List<HealthWindow> windows = run(Duration.ofSeconds(5));

    // Then
    assertThat(answers(windows)).isEqualTo(new Answers(40, 0, 0, 0, 0, 0, 0));
    Histogram first = firstTokens(windows);
    assertThat(first.getTotalCount()).isEqualTo(40);
    assertThat(first.getMinValue() / 1e3).isGreaterThanOrEqualTo(199);
    assertThat(first.getValueAtPercentile(50) / 1e3).isBetween(199.0, 400.0);
    Histogram whole = LatencyHistogram.merge(windows.stream().map(HealthWindow::latency).toList());
    assertThat(whole.getMinValue() / 1e3).isGreaterThanOrEqualTo(499);
  }

  @Test
  void anAnswerThatTimesOutAfterItsFirstWordIsTimedToo() throws Exception {
    // When
    List<HealthWindow> windows = run(Duration.ofMillis(400));

    // Then
    assertThat(answers(windows).timedOut()).isEqualTo(40);
    Histogram first = firstTokens(windows);
    assertThat(first.getTotalCount()).isGreaterThan(20);
    assertThat(first.getMinValue() / 1e3).isGreaterThanOrEqualTo(199);
    assertThat(first.getMaxValue() / 1e3).isLessThan(401);
  }
}
