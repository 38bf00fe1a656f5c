package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.CommandId;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The service where the broker comes late, goes and comes back. */
@QuarkusTest
@WithTestResource(BrokerPlace.class)
class BrokerAwayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WINDOWS_MEANWHILE = 4;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = BrokerPlace.DIRECTORY, defaultValue = "none")
  Path directory;

  @TestHTTPResource("/q/health/ready")
  URI ready;

  @TestHTTPResource("/q/metrics")
  URI metrics;

  private KafkaBroker broker() throws Exception {
    int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
    return KafkaBroker.start(BrokerSettings.temporary().in(directory).on(port));
  }

  private double metric(String name) throws Exception {
    return get(metrics)
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> readiness() throws Exception {
    return get(ready);
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void nothingIsLostAndOrderIsKeptWhileTheBrokerIsAway() throws Exception {
    // Given
    RunRef run = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Clock.systemUTC().instant());
    assertThat(readiness().statusCode()).isEqualTo(503);
    try (KafkaBroker broker = broker()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(readiness().body()).contains("missing", "greenstick.commands.local"));
      createTopics();
      await().atMost(PATIENCE).until(() -> readiness().statusCode() == 200);
      new KafkaTopics(servers).send(start(run));
      new KafkaTopics(servers)
          .await(run, event -> event instanceof HealthWindow window && window.index() == 1);
    }

    // When
    await()
        .atMost(PATIENCE)
        .until(() -> metric("greenstick_probe_events_waiting") >= WINDOWS_MEANWHILE);
    assertThat(readiness().statusCode()).isEqualTo(503);
    try (KafkaBroker broker = broker()) {
      new KafkaTopics(servers).send(new ProbeStop(CommandId.of(run.id(), "probe.stop", ""), run));
      ProbeFinished finished =
          (ProbeFinished) new KafkaTopics(servers).await(run, ProbeFinished.class::isInstance);

      // Then
      List<HealthEvent> events = new KafkaTopics(servers).events(run);
      assertThat(events.getFirst()).isInstanceOf(ProbeStarted.class);
      assertThat(events.getLast()).isEqualTo(finished);
      assertThat(events.subList(1, events.size() - 1))
          .extracting(event -> ((HealthWindow) event).index())
          .containsExactlyElementsOf(
              IntStream.range(0, finished.windows().get(Examples.PROBE)).boxed().toList());
      assertThat(metric("greenstick_probe_events_lost_total")).isZero();
    }
  }

  private void createTopics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    }
  }

  /** Nobody listens where it asks: what becomes of predictions does not matter here. */
  private static ProbeStart start(RunRef run) {
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        Clock.systemUTC().instant().plusSeconds(30),
        Examples.probeStart().probes(),
        List.of(),
        Duration.ofMinutes(5));
  }
}
