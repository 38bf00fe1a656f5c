package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.experiment.Connecting;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.experiment.Source;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.watch.kubernetes.TestCluster;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that send a probe's secrets back in every way: they reach no event, log or metric. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class SecretsStaySecretTest {

  private static final Clock WALL = Clock.systemUTC();
  private static final String IN_SECRET = "k8s+tr0ub4dor/and=3";
  private static final String IN_FILE = "file-c0rrect-h0rse";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = Surroundings.ADMIN_KUBECONFIG, defaultValue = "none")
  Path adminKubeconfig;

  @TestHTTPResource("/q/metrics")
  URI metrics;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final Logger root = Logger.getLogger("");
  private final PatternFormatter format = new PatternFormatter("%p %c %s%e");

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(format.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    root.addHandler(handler);
  }

  @AfterEach
  void stop() throws Exception {
    root.removeHandler(handler);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Sends back what it is sent: as an error, as a prediction, as garbage, in turn. */
  private int echo() throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(this::echo);
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private void echo(HttpServerRequest request) {
    String all = request.getHeader("Authorization") + " and " + request.getHeader("X-Api-Key");
    sent.add(all);
    boolean readiness = request.method() == HttpMethod.GET;
    int way = sent.size() % 5;
    request.response().setStatusCode(readiness ? 503 : List.of(401, 200, 200, 500, 302).get(way));
    var unused =
        request
            .response()
            .putHeader("Content-Type", "application/json")
            .putHeader("Location", "http://127.0.0.1:1/" + all.replace(' ', '_'))
            .end(way == 1 ? Json.text(Map.of("label", all)) : all);
  }

  private static Probe probe(int port, Source bearer, Source key) {
    return new Probe(
        new ProbeName("echo"),
        ServingProtocol.AZUREML,
        URI.create("http://127.0.0.1:" + port),
        null,
        null,
        50,
        Duration.ofSeconds(2),
        List.of(
            new PredictionRequest(
                Json.mapper().createObjectNode(), Json.mapper().getNodeFactory().textNode("x"))),
        null,
        null,
        null,
        Map.of(),
        null,
        new Connecting(null, Map.of("X-Api-Key", key), bearer, null, null));
  }

  private static ProbeStart start(Probe probe) {
    RunRef run = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, WALL.instant());
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        WALL.instant().plusSeconds(30),
        List.of(probe),
        List.of(),
        Duration.ofSeconds(2));
  }

  @Test
  void whatAServerSendsBackIsClearedOfEverySecret() throws Exception {
    try (var admin = TestCluster.client(adminKubeconfig)) {
      // Given
      admin
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withNamespace("greenstick")
                  .withName("greenstick-model-access")
                  .endMetadata()
                  .addToStringData("azureml", IN_SECRET)
                  .build())
          .createOr(existing -> existing.update());
      ProbeStart start =
          start(
              probe(
                  echo(),
                  Source.of(new SecretRef("greenstick-model-access", "azureml")),
                  Source.ofFile("echo-key")));
      ProbeStart forbidden =
          start(probe(1, Source.of(new SecretRef("other", "azureml")), Source.ofFile("two-lines")));

      // When
      KafkaTopics topics = new KafkaTopics(servers);
      topics.send(start);
      topics.await(start.run(), ProbeFinished.class::isInstance);
      topics.send(forbidden);
      ProbeRefused refused =
          (ProbeRefused) topics.await(forbidden.run(), ProbeRefused.class::isInstance);

      // Then
      assertThat(sent).isNotEmpty().allMatch(("Bearer " + IN_SECRET + " and " + IN_FILE)::equals);
      List<HealthWindow> windows =
          topics.events(start.run()).stream()
              .filter(HealthWindow.class::isInstance)
              .map(HealthWindow.class::cast)
              .toList();
      assertThat(windows).anyMatch(window -> window.answers().clientError() > 0);
      assertThat(windows).anyMatch(window -> window.answers().serverError() > 0);
      assertThat(windows).anyMatch(window -> window.answers().wrong() > 0);
      assertThat(windows).anyMatch(window -> window.answers().malformed() > 0);
      assertThat(refused.problems()).hasSize(2);

      List<String> seen = new ArrayList<>(logged);
      topics.events(start.run()).forEach(event -> seen.add(Json.text(event)));
      topics.events(forbidden.run()).forEach(event -> seen.add(Json.text(event)));
      seen.add(get(metrics));
      assertThat(String.join("\n", seen))
          .contains("not ready, and asked nevertheless", "probes refused")
          .doesNotContain("tr0ub4dor", "c0rrect", "h0rse");
    }
  }

  private static String get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
