package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeRefused;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.probe.watch.kubernetes.TestCluster;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The service as it ships, between a real broker, a real model and a cluster. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class ProberTest {

  private static final Clock WALL = Clock.systemUTC();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = Surroundings.MODEL_URL, defaultValue = "none")
  URI model;

  @ConfigProperty(name = Surroundings.ADMIN_KUBECONFIG, defaultValue = "none")
  Path adminKubeconfig;

  @TestHTTPResource("/q/health/ready")
  URI ready;

  @TestHTTPResource("/q/metrics")
  URI metrics;

  @Test
  void aRunIsMeasuredFromItsStartToItsStop() throws Exception {
    try (var admin = TestCluster.client(adminKubeconfig)) {
      // Given
      PodRef pod = TestCluster.make(admin, "default", "watched", Map.of("app", "watched"));
      ProbeStart start =
          start(
              List.of(probe("one", 50), probe("two", 20)),
              List.of(Selector.ofLabels("default", Map.of("app", "watched"))));

      // When
      topics().send(start);
      topics().send(start);
      topics()
          .await(start.run(), event -> event instanceof HealthWindow window && window.index() == 1);
      topics().await(start.run(), event -> event instanceof PodHealth health && health.ready());
      topics().send(new ProbeStop(CommandId.of(start.run().id(), "probe.stop", ""), start.run()));
      ProbeFinished finished =
          (ProbeFinished) topics().await(start.run(), ProbeFinished.class::isInstance);

      // Then
      List<HealthEvent> events = topics().events(start.run());
      assertThat(events.getFirst()).isInstanceOf(ProbeStarted.class);
      assertThat(events.getLast()).isEqualTo(finished);
      assertThat(events.stream().filter(ProbeStarted.class::isInstance)).hasSize(1);
      assertThat(finished.cause()).isEqualTo(ProbeFinished.Cause.COMMANDED);
      Instant startedAt = ((ProbeStarted) events.getFirst()).startedAt();
      Map.of("one", 50L, "two", 20L)
          .forEach(
              (name, rate) -> {
                List<HealthWindow> windows = windows(events, name);
                int count = finished.windows().get(new ProbeName(name));
                assertThat(windows)
                    .extracting(HealthWindow::index)
                    .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
                assertThat(windows)
                    .allSatisfy(
                        window -> {
                          assertThat(window.start())
                              .isEqualTo(startedAt.plusSeconds(window.index()));
                          assertThat(window.answers().ok()).as(window.toString()).isEqualTo(rate);
                          assertThat(window.answers().total()).isEqualTo(rate);
                          assertThat(LatencyHistogram.decode(window.latency()).getTotalCount())
                              .isEqualTo(rate);
                          assertThat(window.labels())
                              .isEqualTo(Map.of("O", rate / 2, "X", rate / 2));
                          assertThat(window.exemplars()).isEmpty();
                        });
              });
      assertThat(pods(events)).extracting(PodHealth::pod).containsOnly(pod);
      assertThat(pods(events).getLast().images()).containsExactly(TestCluster.IMAGE);
    }
  }

  @Test
  void aRunWithProblemsIsRefusedWithAllOfThem() throws Exception {
    // Given
    Probe bad =
        new Probe(
            new ProbeName("bad"),
            ServingProtocol.OPEN_INFERENCE_V2,
            URI.create("ftp://model"),
            "crescents",
            null,
            -1,
            Duration.ofSeconds(1),
            List.of(new PredictionRequest(Json.mapper().readTree("{}"), null)));

    // When
    ProbeStart start = start(List.of(bad), List.of());
    topics().send(start);
    ProbeRefused refused =
        (ProbeRefused) topics().await(start.run(), ProbeRefused.class::isInstance);

    // Then
    assertThat(refused.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "probes[0].url", "probes[0].rate", "probes[0].requests[0].inputs");
  }

  @Test
  void aRunEndsByItselfAfterItsLongestTime() throws Exception {
    // Given
    ProbeStart start =
        new ProbeStart(
            CommandId.of(run("brief").id(), "probe.start", ""),
            run("brief"),
            WALL.instant().plusSeconds(30),
            List.of(probe("one", 10)),
            List.of(),
            Duration.ofMillis(1500));

    // When
    topics().send(start);
    ProbeFinished finished =
        (ProbeFinished) topics().await(start.run(), ProbeFinished.class::isInstance);

    // Then
    assertThat(finished.cause()).isEqualTo(ProbeFinished.Cause.LONGEST_ELAPSED);
    assertThat(finished.windows()).isEqualTo(Map.of(new ProbeName("one"), 2));
  }

  @Test
  void whatIsNoCommandGoesToTheDeadLettersAndReadingGoesOn() throws Exception {
    // Given
    String key = "no-run-" + System.identityHashCode(this);

    // When
    topics().sendText(key, "{}");
    ProbeStart start = start(List.of(probe("one", 10)), List.of());
    topics().send(start);
    topics().await(start.run(), ProbeStarted.class::isInstance);

    // Then
    ConsumerRecord<byte[], byte[]> dead =
        topics()
            .awaitRecord(Topics.DEAD_LETTERS, record -> key.equals(KafkaTopics.text(record.key())));
    assertThat(KafkaTopics.text(dead.value())).isEqualTo("{}");
    assertThat(CloudEventHeaders.text(dead.headers(), DeadLetter.READER)).isEqualTo("probe");
    assertThat(CloudEventHeaders.text(dead.headers(), DeadLetter.ORIGIN_TOPIC))
        .isEqualTo(KafkaTopics.COMMANDS.name());
    assertThat(CloudEventHeaders.text(dead.headers(), DeadLetter.REASON)).contains("missing");
    topics().send(new ProbeStop(CommandId.of(start.run().id(), "probe.stop", ""), start.run()));
    topics().await(start.run(), ProbeFinished.class::isInstance);
  }

  @Test
  void theProbeSaysThatItIsThereAndWhatItCanDo() throws Exception {
    // When
    ConsumerRecord<byte[], byte[]> record =
        topics()
            .awaitRecord(
                Topics.AGENTS.name(), each -> KafkaTopics.text(each.key()).equals("local/probe"));

    // Then
    AgentHeartbeat heartbeat = (AgentHeartbeat) KafkaTopics.read(Topics.AGENTS, record);
    assertThat(heartbeat.kind()).isEqualTo(AgentHeartbeat.Kind.PROBE);
    assertThat(heartbeat.capabilities())
        .containsExactly(
            "open-inference-v2",
            "open-inference-v2-grpc",
            "kserve-v1",
            "tf-serving",
            "torchserve",
            "azureml",
            "mlflow",
            "seldon-v1",
            "bentoml",
            "openai",
            "http");
  }

  @Test
  void theProbeIsReadyAndCountsForPrometheus() throws Exception {
    // When
    HttpResponse<String> readiness = get(ready);
    HttpResponse<String> counted = get(metrics);

    // Then
    assertThat(readiness.statusCode()).as(readiness.body()).isEqualTo(200);
    assertThat(readiness.body()).contains("kafka topics", "pods watched");
    assertThat(counted.body()).contains("greenstick_probe_runs", "greenstick_probe_events_waiting");
  }

  @Test
  void namesAreResolvedAsTheirRecordsSayAndNotByTheJdk() {
    assertThat(Boolean.getBoolean("vertx.disableDnsResolver")).isFalse();
  }

  private KafkaTopics topics() {
    return new KafkaTopics(servers);
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private Probe probe(String name, double rate) throws Exception {
    return new Probe(
        new ProbeName(name),
        ServingProtocol.OPEN_INFERENCE_V2,
        model,
        "crescents",
        null,
        rate,
        Duration.ofSeconds(2),
        List.of(request("[0.099, 0.274]", "O"), request("[-0.57, 0.747]", "X")));
  }

  private static PredictionRequest request(String point, String label) throws Exception {
    return new PredictionRequest(
        Json.mapper()
            .readTree(
                "[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":"
                    + point
                    + "}]"),
        Json.mapper().readTree("{\"label\":[\"" + label + "\"]}"));
  }

  private static RunRef run(String nth) {
    return RunRef.of(
        Examples.EXPERIMENT, Examples.CLUSTER, Instant.EPOCH.plusSeconds(nth.hashCode()));
  }

  private static ProbeStart start(List<Probe> probes, List<Selector> watch) {
    RunRef run = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, WALL.instant());
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        WALL.instant().plusSeconds(30),
        probes,
        watch,
        Duration.ofMinutes(2));
  }

  private static List<HealthWindow> windows(List<HealthEvent> events, String probe) {
    return events.stream()
        .filter(HealthWindow.class::isInstance)
        .map(HealthWindow.class::cast)
        .filter(window -> window.probe().value().equals(probe))
        .toList();
  }

  private static List<PodHealth> pods(List<HealthEvent> events) {
    return events.stream().filter(PodHealth.class::isInstance).map(PodHealth.class::cast).toList();
  }
}
