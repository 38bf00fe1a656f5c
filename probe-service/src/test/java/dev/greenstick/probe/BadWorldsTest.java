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
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.WakeupThread;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.http.HandMadeServer;
import dev.greenstick.probe.predict.http.HandMadeServer.Manner;
import dev.greenstick.probe.predict.http.HttpTransport;
import dev.greenstick.probe.predict.http.HttpTransport.Connections;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whole runs over real sockets against servers that misbehave in every way that servers do: nothing
 * hangs, nothing leaks, and every way has its own answer.
 */
class BadWorldsTest {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
  private static final Duration TIMEOUT = Duration.ofMillis(1_500);
  private static final double RATE = 5;
  private static final int SECONDS = 3;

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService desk = Executors.newSingleThreadExecutor();
  private final WakeupThread wakeups = new WakeupThread(System::nanoTime);
  private final Lanes lanes = new Lanes(vertx, 2, System::nanoTime, wakeups);

  @AfterEach
  void stop() throws Exception {
    desk.shutdown();
    wakeups.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** A way to misbehave, and the count that all of its predictions belong to. */
  private record Way(Manner manner, ToLongFunction<Answers> counted) {}

  private static Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("well", new Way(BadWorldsTest::well, Answers::ok));
    ways.put(
        "slow, byte by byte",
        new Way(
            connection -> {
              HandMadeServer.readRequest(connection.getInputStream());
              HandMadeServer.write(
                  connection.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
              drip(connection, " ");
            },
            Answers::timedOut));
    ways.put("silent", new Way(BadWorldsTest::untilItsEnd, Answers::timedOut));
    ways.put(
        "half-closed without an answer",
        new Way(
            connection -> {
              HandMadeServer.readRequest(connection.getInputStream());
              connection.shutdownOutput();
              untilItsEnd(connection);
            },
            Answers::refused));
    ways.put(
        "half-closed in mid-answer",
        new Way(
            connection -> {
              HandMadeServer.readRequest(connection.getInputStream());
              HandMadeServer.write(
                  connection.getOutputStream(),
                  "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"id\"");
              connection.shutdownOutput();
              untilItsEnd(connection);
            },
            Answers::refused));
    ways.put(
        "resetting at once",
        new Way(connection -> connection.setSoLinger(true, 0), Answers::refused));
    ways.put(
        "resetting in mid-answer",
        new Way(
            connection -> {
              HandMadeServer.readRequest(connection.getInputStream());
              HandMadeServer.write(
                  connection.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{");
              connection.setSoLinger(true, 0);
            },
            Answers::refused));
    ways.put(
        "garbage", new Way(saying("\0\1SSH-2.0-OpenSSH_9.6\r\n\r\n\377\376"), Answers::malformed));
    ways.put("an empty answer", new Way(answering("200 OK", ""), Answers::malformed));
    ways.put(
        "an unfinished document", new Way(answering("200 OK", "{\"id\":"), Answers::malformed));
    ways.put(
        "a document nested without end",
        new Way(answering("200 OK", "[".repeat(60_000)), Answers::malformed));
    ways.put(
        "never-ending headers",
        new Way(saying("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(50_000)), Answers::malformed));
    ways.put("a huge body", new Way(answering("200 OK", "x".repeat(300_000)), Answers::malformed));
    ways.put(
        "a never-ending body",
        new Way(
            connection -> {
              HandMadeServer.readRequest(connection.getInputStream());
              HandMadeServer.write(
                  connection.getOutputStream(),
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                HandMadeServer.write(
                    connection.getOutputStream(), "2000\r\n" + "x".repeat(0x2000) + "\r\n");
              }
            },
            Answers::malformed));
    ways.put("redirecting", new Way(answering("302 Found", ""), Answers::clientError));
    ways.put("redirecting for ever", new Way(answering("308 Permanent", ""), Answers::clientError));
    ways.put("failing", new Way(answering("500 Oh", "{}"), Answers::serverError));
    ways.put(
        "informing and then silent",
        new Way(saying("HTTP/1.1 100 Continue\r\n\r\n"), Answers::timedOut));
    ways.put(
        "informing without end",
        new Way(
            connection -> {
              HandMadeServer.readRequest(connection.getInputStream());
              drip(connection, "HTTP/1.1 102 Processing\r\n\r\n");
            },
            Answers::timedOut));
    ways.put(
        "informing and then well",
        new Way(
            connection -> {
              HandMadeServer.write(connection.getOutputStream(), "HTTP/1.1 102 Processing\r\n\r\n");
              well(connection);
            },
            Answers::ok));
    return ways;
  }

  private static void well(Socket connection) throws Exception {
    InputStream in = connection.getInputStream();
    for (String question = HandMadeServer.readRequest(in);
        question != null;
        question = HandMadeServer.readRequest(in)) {
      Matcher id = ID.matcher(question);
      assertThat(id.find()).isTrue();
      HandMadeServer.answer(
          connection.getOutputStream(),
          "200 OK",
          "{\"id\":\"%s\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"O\"]}]}"
              .formatted(id.group(1)));
    }
  }

  private static void untilItsEnd(Socket connection) throws Exception {
    while (connection.getInputStream().read() >= 0) {
      // Nothing is answered.
    }
  }

  /** Until the other side has had enough, which writing to it tells. */
  private static void drip(Socket connection, String what) throws Exception {
    connection.setSoTimeout(50);
    while (true) {
      HandMadeServer.write(connection.getOutputStream(), what);
      try {
        if (connection.getInputStream().read() < 0) {
          return;
        }
      } catch (java.net.SocketTimeoutException e) {
        // Nothing came meanwhile.
      }
    }
  }

  private static Manner saying(String text) {
    return connection -> {
      HandMadeServer.readRequest(connection.getInputStream());
      HandMadeServer.write(connection.getOutputStream(), text);
      untilItsEnd(connection);
    };
  }

  private static Manner answering(String status, String body) {
    return connection -> {
      while (HandMadeServer.readRequest(connection.getInputStream()) != null) {
        HandMadeServer.answer(connection.getOutputStream(), status, body);
      }
    };
  }

  private static Probe probe(String name, String url, double rate) throws IOException {
    return new Probe(
        new ProbeName(name),
        ServingProtocol.OPEN_INFERENCE_V2,
        URI.create(url),
        "crescents",
        null,
        rate,
        TIMEOUT,
        List.of(
            new PredictionRequest(
                Json.mapper()
                    .readTree(
                        "[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.1,0.2]}]"),
                Json.mapper().readTree("{\"label\":[\"O\"]}"))));
  }

  private List<HealthWindow> run(
      Vertx network, List<Probe> probes, int seconds, InstantSource wall, Connections connections)
      throws Exception {
    List<HealthEvent> events = Collections.synchronizedList(new ArrayList<>());
    Lanes own = network == vertx ? lanes : new Lanes(network, 2, System::nanoTime, wakeups);
    ProbeStart start =
        new ProbeStart(
            CommandId.of(Examples.RUN.id(), "probe.start", ""),
            Examples.RUN,
            wall.instant(),
            probes,
            List.of(),
            Duration.ofSeconds(seconds));
    ProbeRun run =
        new ProbeRun(
            start,
            Beginning.FRESH,
            RunClock.startingIn(Duration.ofMillis(100), System::nanoTime, wall),
            Duration.ofMillis(100),
            (at, event) -> events.add(event),
            desk,
            own::next,
            (probe, lane) ->
                new HttpTransport(
                    network,
                    ((Lanes.Lane) lane).context(),
                    System::nanoTime,
                    connections,
                    2_000,
                    200_000,
                    Access.PLAIN));
    run.start(start, null, null);
    run.ended().get(seconds + 20, TimeUnit.SECONDS);
    return List.copyOf(events).stream()
        .filter(HealthWindow.class::isInstance)
        .map(HealthWindow.class::cast)
        .toList();
  }

  private static Answers sum(List<HealthWindow> windows, String probe) {
    return windows.stream()
        .filter(window -> window.probe().value().equals(probe))
        .map(HealthWindow::answers)
        .reduce(Answers.NONE, Answers::plus);
  }

  /** The first predictions of a process wait for classes, as the service's own rehearsal knows. */
  @BeforeEach
  void warmUp() throws Exception {
    try (HandMadeServer server = new HandMadeServer(BadWorldsTest::well)) {
      run(vertx, List.of(probe("warm", server.url(), 50)), 3, Clock.systemUTC(), Connections.NEW);
    }
  }

  @Test
  void everyWayToMisbehaveHasItsOwnAnswerAndLeavesNoConnectionBehind() throws Exception {
    for (Connections connections : Connections.values()) {
      // Given
      Map<String, Way> ways = ways();
      List<HandMadeServer> servers = new ArrayList<>();
      List<Probe> probes = new ArrayList<>();
      int nth = 0;
      for (Way way : ways.values()) {
        HandMadeServer server = new HandMadeServer(way.manner());
        servers.add(server);
        probes.add(probe("way-" + nth++, server.url(), RATE));
      }

      // When
      List<HealthWindow> windows = run(vertx, probes, SECONDS, Clock.systemUTC(), connections);

      // Then
      nth = 0;
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        Answers answers = sum(windows, "way-" + nth++);
        assertThat(answers.total()).as(way.getKey()).isEqualTo((long) RATE * SECONDS);
        assertThat(way.getValue().counted().applyAsLong(answers))
            .as("%s, connections %s: %s", way.getKey(), connections, answers)
            .isEqualTo(answers.total());
      }
      for (HandMadeServer server : servers) {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.open() == 0);
        server.close();
      }
    }
  }

  @Test
  void descriptorsAndMemoryStayFlatHoweverLongServersMisbehave() throws Exception {
    // Given
    List<HandMadeServer> servers = new ArrayList<>();
    List<Probe> probes = new ArrayList<>();
    for (Way way : ways().values()) {
      HandMadeServer server = new HandMadeServer(way.manner());
      servers.add(server);
      probes.add(probe("way-" + probes.size(), server.url(), RATE));
    }
    run(vertx, probes, SECONDS, Clock.systemUTC(), Connections.NEW);
    awaitQuiet(servers);
    long descriptors = descriptors();
    long memory = usedMemory();

    // When
    for (int round = 0; round < 4; round++) {
      run(vertx, probes, SECONDS, Clock.systemUTC(), Connections.NEW);
    }
    awaitQuiet(servers);

    // Then
    assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 20);
    assertThat(usedMemory()).isLessThan(memory + 24 * 1024 * 1024);
    for (HandMadeServer server : servers) {
      server.close();
    }
  }

  private static void awaitQuiet(List<HandMadeServer> servers) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> servers.stream().mapToInt(HandMadeServer::open).sum() == 0);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void aNameThatFailsToResolveIsRefusedAndAskedForAgainUntilItResolves() throws Exception {
    // Given
    AtomicBoolean resolves = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch gone = new CountDownLatch(1);
    // The name goes away in the third second of the run, whenever that begins.
    Manner inTheThirdSecond =
        connection -> {
          if (asked.incrementAndGet() == 2 * RATE + 2) {
            resolves.set(false);
            gone.countDown();
          }
          well(connection);
        };
    try (NameServer names = new NameServer(resolves::get);
        HandMadeServer server = new HandMadeServer(inTheThirdSecond)) {
      Vertx network = names.vertx();
      String url = server.url().replace("127.0.0.1", "model.example");
      Thread switching =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      gone.await();
                      park(System.nanoTime() + Duration.ofSeconds(3).toNanos());
                      resolves.set(true);
                    } catch (InterruptedException e) {
                      // Nobody was asked that often.
                    }
                  });

      // When
      List<HealthWindow> windows =
          run(network, List.of(probe("named", url, RATE)), 9, Clock.systemUTC(), Connections.NEW);
      switching.interrupt();
      switching.join();

      // Then
      assertThat(windows).hasSize(9);
      assertThat(windows.get(0).answers().ok()).isEqualTo((long) RATE);
      Answers away = windows.get(4).answers();
      assertThat(away.refused() + away.timedOut()).as(away.toString()).isEqualTo((long) RATE);
      assertThat(windows.get(8).answers().ok()).isEqualTo((long) RATE);
      network.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static void park(long untilNanos) {
    for (long left = untilNanos - System.nanoTime();
        left > 0;
        left = untilNanos - System.nanoTime()) {
      java.util.concurrent.locks.LockSupport.parkNanos(left);
    }
  }

  @Test
  void aClockThatJumpsMovesNoWindowAndNoLatency() throws Exception {
    // Given
    Instant anchor = Clock.systemUTC().instant();
    AtomicLong jumps = new AtomicLong();
    Function<Long, Instant> jumping =
        nth -> anchor.plus(Duration.ofHours(nth % 2 == 0 ? 7 * nth : -7 * nth));
    InstantSource wall = () -> jumping.apply(jumps.getAndIncrement());

    // When
    List<HealthWindow> windows;
    try (HandMadeServer server = new HandMadeServer(BadWorldsTest::well)) {
      windows = run(vertx, List.of(probe("one", server.url(), RATE)), 3, wall, Connections.NEW);
    }

    // Then
    assertThat(windows).hasSize(3);
    Instant start = windows.get(0).start();
    for (HealthWindow window : windows) {
      assertThat(window.start()).isEqualTo(start.plusSeconds(window.index()));
      assertThat(window.answers().ok()).isEqualTo((long) RATE);
    }
    assertThat(jumps.get())
        .as("asked at the command and at the start alone")
        .isLessThanOrEqualTo(2);
  }
}
