package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.model.ModelServer;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.WakeupThread;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.http.HandMadeServer;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Vertx;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole runs in real time over real connections. */
class OpenLoopTest {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService desk = Executors.newSingleThreadExecutor();
  private final WakeupThread wakeups = new WakeupThread(System::nanoTime);
  private final List<HealthEvent> events = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() throws Exception {
    desk.shutdown();
    wakeups.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Probe probe(String name, String url, double rate, Duration timeout)
      throws Exception {
    return new Probe(
        new ProbeName(name),
        ServingProtocol.OPEN_INFERENCE_V2,
        URI.create(url),
        "crescents",
        null,
        rate,
        timeout,
        List.of(
            new PredictionRequest(
                Json.mapper()
                    .readTree(
                        "[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.099,0.274]}]"),
                Json.mapper().readTree("{\"label\":[\"O\"]}"))));
  }

  private void run(Duration longest, Probe... probes) throws Exception {
    Lanes lanes = new Lanes(vertx, 2, System::nanoTime, wakeups);
    ProbeStart start =
        new ProbeStart(
            CommandId.of(Examples.RUN.id(), "probe.start", ""),
            Examples.RUN,
            Clock.systemUTC().instant(),
            List.of(probes),
            List.of(),
            longest);
    ProbeRun run =
        new ProbeRun(
            start,
            Beginning.FRESH,
            RunClock.startingIn(Duration.ofMillis(100), System::nanoTime, Clock.systemUTC()),
            Duration.ofMillis(100),
            (at, event) -> events.add(event),
            desk,
            lanes::next,
            (probe, lane) ->
                new HttpTransport(
                    vertx,
                    ((Lanes.Lane) lane).context(),
                    System::nanoTime,
                    Connections.NEW,
                    20_000,
                    1 << 20,
                    Access.PLAIN));
    run.start(start, null, null);
    run.ended().get(longest.toSeconds() + 30, TimeUnit.SECONDS);
  }

  private List<HealthWindow> windows() {
    return List.copyOf(events).stream()
        .filter(HealthWindow.class::isInstance)
        .map(HealthWindow.class::cast)
        .toList();
  }

  private Answers answers() {
    return windows().stream().map(HealthWindow::answers).reduce(Answers.NONE, Answers::plus);
  }

  private Histogram latency() {
    return LatencyHistogram.merge(windows().stream().map(HealthWindow::latency).toList());
  }

  @Test
  void aRealModelIsAskedOnTimeAndAnswersRightly() throws Exception {
    try (ModelServer model =
        ModelServer.start(dev.greenstick.model.Settings.onAnyPort("crescents"))) {
      // When
      run(Duration.ofSeconds(3), probe("one", model.url(), 100, Duration.ofSeconds(2)));
    }

    // Then
    assertThat(answers()).isEqualTo(new Answers(300, 0, 0, 0, 0, 0, 0));
    assertThat(windows()).hasSize(3);
    assertThat(windows()).allSatisfy(w -> assertThat(w.labels()).containsEntry("O", 100L));
  }

  /**
   * A server that stalls for the first second of every five. Of what is intended in a stall, what
   * comes at offset t waits for 1 s - t, so 20 % of all latencies are spread evenly over that
   * second: p90 is 0.5 s and p99 is 0.95 s. A loop that waits for answers would see one slow
   * prediction in each stall, and a p99 of milliseconds.
   */
  @Test
  void whatAStallDelaysIsCountedForEveryPredictionThatItDelayed() throws Exception {
    // Given
    long origin = System.nanoTime();
    long second = 1_000_000_000L;
    HandMadeServer.Manner stalling =
        connection -> {
          String question = HandMadeServer.readRequest(connection.getInputStream());
          long into = (System.nanoTime() - origin) % (5 * second);
          for (long left = second - into; left > 0; ) {
            LockSupport.parkNanos(left);
            into = (System.nanoTime() - origin) % (5 * second);
            left = second - into;
          }
          answerRightly(connection.getOutputStream(), question);
        };

    // When
    try (HandMadeServer server = new HandMadeServer(stalling)) {
      run(Duration.ofSeconds(10), probe("one", server.url(), 200, Duration.ofSeconds(4)));
      await().atMost(Duration.ofSeconds(10)).until(() -> server.open() == 0);
    }

    // Then
    assertThat(answers()).isEqualTo(new Answers(2_000, 0, 0, 0, 0, 0, 0));
    Histogram latency = latency();
    assertThat(latency.getTotalCount()).isEqualTo(2_000);
    assertThat(latency.getValueAtPercentile(90) / 1e6).isBetween(0.48, 0.60);
    assertThat(latency.getValueAtPercentile(99) / 1e6).isBetween(0.93, 1.10);
    assertThat(latency.getValueAtPercentile(50) / 1e6).isLessThan(0.1);
  }

  @Test
  void aServerThatNeverAnswersTimesOutEveryPredictionAndLeavesNoConnection() throws Exception {
    // Given
    HandMadeServer.Manner silent =
        connection -> {
          while (connection.getInputStream().read() >= 0) {
            // Nothing is answered.
          }
        };

    // When
    try (HandMadeServer server = new HandMadeServer(silent)) {
      run(
          Duration.ofSeconds(3),
          probe("silent", server.url(), 300, Duration.ofMillis(1_500)),
          probe("beside", server.url(), 10, Duration.ofMillis(100)));
      await().atMost(Duration.ofSeconds(10)).until(() -> server.open() == 0);
    }

    // Then
    assertThat(answers()).isEqualTo(new Answers(0, 0, 0, 0, 930, 0, 0));
    assertThat(windows()).hasSize(6);
    assertThat(latency().getMaxValue() / 1e6).isBetween(1.49, 1.51);
    assertThat(windows()).allSatisfy(window -> assertThat(window.exemplars()).hasSize(1));
  }

  @Test
  void aThousandPredictionsASecondAreSentOnTime() throws Exception {
    // Given
    HandMadeServer.Manner prompt =
        connection ->
            answerRightly(
                connection.getOutputStream(),
                HandMadeServer.readRequest(connection.getInputStream()));

    // When
    try (HandMadeServer server = new HandMadeServer(prompt)) {
      run(Duration.ofSeconds(3), probe("one", server.url(), 1_000, Duration.ofSeconds(5)));
    }

    // Then
    assertThat(answers().total()).isEqualTo(3_000);
    assertThat(answers().ok()).isEqualTo(3_000);
  }

  private static void answerRightly(OutputStream out, String question) throws Exception {
    Matcher id = ID.matcher(question);
    assertThat(id.find()).isTrue();
    HandMadeServer.answer(
        out,
        "200 OK",
        "{\"model_name\":\"crescents\",\"id\":\""
            + id.group(1)
            + "\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"O\"]}]}");
  }
}
