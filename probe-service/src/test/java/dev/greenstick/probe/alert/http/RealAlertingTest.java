package dev.greenstick.probe.alert.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.experiment.AlertFeed.Source;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import dev.greenstick.probe.Surroundings;
import dev.greenstick.probe.alert.AlertLedger;
import dev.greenstick.probe.alert.AlertLooks;
import dev.greenstick.probe.alert.Told;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.WakeupThread;
import dev.greenstick.probe.predict.Access;
import dev.greenstick.probe.predict.Redaction;
import dev.greenstick.sandbox.access.Credentials;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus and Alertmanager as Debian packages them, with an alert that is made to fire and to
 * end; Alertmanager over TLS and for whoever knows its password alone. They are not everywhere;
 * where {@code CI} is set they must be.
 */
@QuarkusTest
@WithTestResource(Surroundings.class)
class RealAlertingTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final Clock WALL = Clock.systemUTC();
  private static final Credentials SERVER = Credentials.create(WALL.instant());
  private static final String PASSWORD = "probe-passw0rd";
  private static final String HASH = "$2y$04$abcdefghijklmnopqrstuucJGCLXHPsSROA1y.gKHr3twYELldUcS";

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final WakeupThread wakeups = new WakeupThread(System::nanoTime);
  private final List<AlertObserved> observed = new CopyOnWriteArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private volatile int broken;
  private URI prometheus;
  private URI alertmanager;
  private AlertLooks looks;

  @BeforeEach
  void start() throws Exception {
    if (System.getenv("CI") == null) {
      assumeTrue(Files.isExecutable(PROMETHEUS), "apt-get install prometheus");
      assumeTrue(Files.isExecutable(ALERTMANAGER), "apt-get install prometheus-alertmanager");
    }
    int port = metricsAndWebhook();
    alertmanager = startAlertmanager(port);
    prometheus = startPrometheus(port);
    List<AlertFeed> feeds =
        List.of(
            feed(Source.PROMETHEUS, prometheus, null, null),
            feed(Source.PROMETHEUS, prometheus, "model_broken{job=\"model\"} > 0", "AskedFor"),
            feed(Source.ALERTMANAGER, alertmanager, null, null),
            new AlertFeed(
                Source.WEBHOOK, null, null, null, Map.of("alertname", "ModelBroken"), null));
    RunClock clock = RunClock.startingIn(Duration.ZERO, System::nanoTime, WALL);
    looks =
        new AlertLooks(
            feeds,
            new AlertLedger(Examples.RUN, feeds, clock.startedAt(), true),
            new RestAlertSource(
                feeds,
                List.of(Access.PLAIN, Access.PLAIN, secured(), Access.PLAIN),
                RestAlertSource.PATIENCE),
            clock,
            wakeups,
            (at, alert) -> observed.add(alert));
    looks.start();
  }

  @AfterEach
  void stop() throws Exception {
    for (Process process : processes) {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    looks.close();
    wakeups.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Access secured() {
    String both =
        Base64.getEncoder().encodeToString(("probe:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return new Access(
        false,
        Map.of("Authorization", "Basic " + both),
        Optional.of(new Access.Tls(Optional.of(SERVER.certificate()), Optional.empty())),
        Optional.empty(),
        Redaction.of(List.of(PASSWORD)));
  }

  private static AlertFeed feed(Source source, URI url, String query, String alert) {
    return new AlertFeed(source, url, query, alert, Map.of(), Duration.ofMillis(500));
  }

  /** What Prometheus scrapes, and where Alertmanager's webhook leads: the probe's own routes. */
  private int metricsAndWebhook() throws Exception {
    Router router = Router.router(vertx);
    router
        .get("/metrics")
        .handler(
            context -> {
              var unused = context.response().end("model_broken " + broken + "\n");
            });
    new AlertRoutes(Optional.of("the token"), told -> looks.told(told)).to(router);
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private URI startAlertmanager(int port) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("alertmanager.yml"),
            """
            route: {receiver: probe, group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
            receivers:
              - name: probe
                webhook_configs:
                  - url: http://127.0.0.1:%d/alerts/alertmanager
                    http_config: {authorization: {credentials: the token}}
            """
                .formatted(port));
    Path web =
        Files.writeString(
            directory.resolve("web.yml"),
            """
            tls_server_config: {cert_file: %s, key_file: %s}
            basic_auth_users: {probe: %s}
            """
                .formatted(
                    Files.writeString(directory.resolve("tls.crt"), SERVER.certificate()),
                    Files.writeString(directory.resolve("tls.key"), SERVER.privateKey()),
                    HASH));
    int own = freePort();
    run(
        ALERTMANAGER.toString(),
        "--web.config.file=" + web,
        "--config.file=" + config,
        "--storage.path=" + directory.resolve("alertmanager"),
        "--web.listen-address=127.0.0.1:" + own,
        "--cluster.listen-address=");
    return listening(URI.create("https://127.0.0.1:" + own));
  }

  private URI startPrometheus(int port) throws Exception {
    Path rules =
        Files.writeString(
            directory.resolve("rules.yml"),
            """
            groups:
              - name: model
                rules:
                  - {alert: ModelBroken, expr: model_broken > 0, for: 1s, labels: {severity: page}}
                  - {alert: AlwaysFires, expr: vector(1)}
            """);
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 500ms, evaluation_interval: 500ms}
            rule_files: [%s]
            alerting:
              alertmanagers:
                - static_configs: [{targets: ["%s"]}]
                  scheme: https
                  basic_auth: {username: probe, password: %s}
                  tls_config: {ca_file: %s}
            scrape_configs: [{job_name: model, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
            """
                .formatted(
                    rules,
                    alertmanager.getAuthority(),
                    PASSWORD,
                    directory.resolve("tls.crt"),
                    port));
    int own = freePort();
    run(
        PROMETHEUS.toString(),
        "--config.file=" + config,
        "--storage.tsdb.path=" + directory.resolve("prometheus"),
        "--web.listen-address=127.0.0.1:" + own);
    return listening(URI.create("http://127.0.0.1:" + own));
  }

  private void run(String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", Path.of(command[0]).getFileName() + ".log").toFile())
            .start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static URI listening(URI base) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                return socket.isConnected();
              }
            });
    return base;
  }

  private static int send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private AlertObserved await(Predicate<AlertObserved> wanted) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> observed.stream().filter(wanted).findFirst().orElse(null),
            found -> found != null);
  }

  private static Predicate<AlertObserved> named(String name) {
    return alert -> alert.alert().equals(name);
  }

  @Test
  void anAlertIsSeenToFireToBeTakenOnAndToBeResolvedBySourcesThatAreAskedAndToldOf()
      throws Exception {
    // Given
    await(named("AlwaysFires"));
    Instant before = WALL.instant();
    assertThat(observed).noneMatch(named("ModelBroken"));

    // When
    broken = 1;
    await(named("AskedFor"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                observed.stream()
                    .filter(named("ModelBroken"))
                    .filter(alert -> alert.resolvedAt() == null)
                    .count(),
            count -> count >= 3);
    looks.told(new Told.Acknowledged("ModelBroken", Map.of("severity", "page"), Optional.empty()));
    broken = 0;
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                observed.stream()
                    .filter(named("ModelBroken"))
                    .filter(alert -> alert.resolvedAt() != null)
                    .count(),
            count -> count >= 3);
    AlertWatch watch = looks.close();

    // Then
    List<AlertObserved> broke = observed.stream().filter(named("ModelBroken")).toList();
    assertThat(broke)
        .allSatisfy(
            alert -> {
              assertThat(alert.labels()).containsEntry("severity", "page");
              assertThat(alert.firedAt()).isBetween(before, before.plusSeconds(30));
              if (alert.resolvedAt() != null) {
                assertThat(alert.resolvedAt()).isAfter(alert.firedAt());
                assertThat(alert.acknowledgedAt()).isBetween(before, WALL.instant());
              }
            });
    assertThat(observed.stream().filter(named("AskedFor")))
        .extracting(alert -> alert.resolvedAt() == null)
        .containsExactly(true, false);
    assertThat(watch).isEqualTo(new AlertWatch(true, ""));
  }

  @Test
  void whoeverTellsWithoutTheTokenOrTellsNonsenseIsRefused() throws Exception {
    // Given
    URI webhook = URI.create("http://127.0.0.1:" + metricsAndWebhook() + "/alerts/alertmanager");

    // When, Then
    assertThat(send(post(webhook, "{\"alerts\":[]}", "another"))).isEqualTo(401);
    assertThat(send(post(webhook, "{\"alerts\":[]}", "the token"))).isEqualTo(204);
    assertThat(send(post(webhook, "{}", "the token"))).isEqualTo(400);
    assertThat(send(post(webhook, "<xml/>", "the token"))).isEqualTo(400);
    assertThat(send(post(webhook.resolve("acknowledgements"), "{}", "the token"))).isEqualTo(400);
    assertThat(send(post(webhook.resolve("acknowledgements"), "{\"alert\":\"x\"}", "the token")))
        .isEqualTo(204);
    assertThat(send(post(webhook, "x".repeat(2_000_000), "the token"))).isEqualTo(413);
  }

  private static HttpRequest post(URI uri, String body, String token) {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
