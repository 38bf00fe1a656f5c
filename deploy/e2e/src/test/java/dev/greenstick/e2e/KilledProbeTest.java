package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.broker.junit.BootstrapServers;
import dev.greenstick.broker.junit.RealKafka;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.ProbeStart;
import dev.greenstick.contracts.command.ProbeStop;
import dev.greenstick.contracts.experiment.Expected;
import dev.greenstick.contracts.experiment.PredictionRequest;
import dev.greenstick.contracts.experiment.Probe;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.contracts.health.ExpectationsLearned;
import dev.greenstick.contracts.health.HealthEvent;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.health.ProbeStarted;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.model.ModelServer;
import dev.greenstick.model.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The probe as it ships, in a process of its own that is killed with SIGKILL in mid-run. */
@ExtendWith(RealKafka.class)
class KilledProbeTest {

  private static final Clock WALL = Clock.systemUTC();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ClusterName CLUSTER = new ClusterName("killed");
  private static final ProbeName ONE = new ProbeName("one");
  private static final ProbeName TWO = new ProbeName("two");

  @Test
  void afterACrashTheRestOfTheRunIsMeasuredAndTheGapIsVisible(BootstrapServers kafka)
      throws Exception {
    // Given
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.value()))) {
      TopicCreation.createMissing(admin, List.of(CLUSTER), (short) 1);
    }
    RunRef run = RunRef.of(new ExperimentName("killed"), CLUSTER, WALL.instant());
    Process process = start(kafka);
    try (ModelServer model = ModelServer.start(Settings.onAnyPort("crescents"))) {
      send(kafka, order(run, URI.create(model.url())));
      await(kafka, run, event -> event instanceof ExpectationsLearned);
      await(kafka, run, event -> event instanceof HealthWindow window && window.index() == 4);

      // When
      process.destroyForcibly().waitFor();
      int last = lastWindow(kafka, run);
      process = start(kafka);
      await(kafka, run, event -> event instanceof HealthWindow window && window.index() > last + 2);
      send(kafka, new ProbeStop(CommandId.of(run.id(), "probe.stop", ""), run));
      ProbeFinished finished =
          (ProbeFinished) await(kafka, run, event -> event instanceof ProbeFinished);

      // Then
      List<HealthEvent> events = events(kafka, run);
      assertThat(events.stream().filter(ProbeStarted.class::isInstance)).hasSize(1);
      assertThat(events.stream().filter(ExpectationsLearned.class::isInstance)).hasSize(2);
      assertThat(finished.cause()).isEqualTo(ProbeFinished.Cause.COMMANDED);
      ProbeStarted started = (ProbeStarted) events.get(0);
      for (ProbeName probe : List.of(ONE, TWO)) {
        List<HealthWindow> windows = windows(events, probe);
        int resumed =
            windows.stream()
                .mapToInt(HealthWindow::index)
                .filter(index -> index > last)
                .min()
                .orElseThrow();
        assertThat(resumed).as("the gap").isGreaterThan(last + 1);
        assertThat(windows)
            .extracting(HealthWindow::index)
            .doesNotHaveDuplicates()
            .endsWith(
                IntStream.range(resumed, finished.windows().get(probe))
                    .boxed()
                    .toArray(Integer[]::new));
        assertThat(windows)
            .allSatisfy(
                window ->
                    assertThat(window.start())
                        .isEqualTo(started.startedAt().plusSeconds(window.index())));
        assertThat(windows.get(windows.size() - 1).answers().ok()).isEqualTo(20);
        assertThat(windows.get(windows.size() - 1).unjudged())
            .as("what was learned before is still known")
            .isZero();
      }
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static Process start(BootstrapServers kafka) throws IOException {
    Path jar = Path.of("probe-service/target/quarkus-app/quarkus-run.jar");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Dgreenstick.cluster=" + CLUSTER,
            "-Dkafka.bootstrap.servers=" + kafka.value(),
            "-Dquarkus.http.port=0",
            "-jar",
            Repository.root().resolve(jar).toString())
        .redirectErrorStream(true)
        .redirectOutput(Path.of("target", "killed-probe.log").toFile())
        .start();
  }

  private static ProbeStart order(RunRef run, URI model) throws IOException {
    return new ProbeStart(
        CommandId.of(run.id(), "probe.start", ""),
        run,
        WALL.instant().plusSeconds(60),
        List.of(probe(ONE, model), probe(TWO, model)),
        List.of(),
        Duration.ofMinutes(3),
        Duration.ofSeconds(3),
        List.of());
  }

  private static Probe probe(ProbeName name, URI model) throws IOException {
    return new Probe(
        name,
        ServingProtocol.OPEN_INFERENCE_V2,
        model,
        "crescents",
        null,
        20,
        Duration.ofSeconds(2),
        List.of(
            new PredictionRequest(
                Json.mapper()
                    .readTree(
                        "[{\"name\":\"point\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.099,0.274]}]"),
                null)),
        null,
        null,
        Expected.LEARNED,
        Map.of());
  }

  private static void send(BootstrapServers kafka, Command command) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.value()),
            new StringSerializer(),
            new EventSerializer<Command>())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.commands(CLUSTER).name(),
                  command.key(),
                  Event.of(URI.create("/scheduler"), WALL.instant(), command)))
          .get();
    }
  }

  private static HealthEvent await(
      BootstrapServers kafka, RunRef run, Predicate<HealthEvent> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> events(kafka, run).stream().filter(wanted).findFirst().orElse(null),
            found -> found != null);
  }

  private static List<HealthEvent> events(BootstrapServers kafka, RunRef run) {
    EventDeserializer<HealthEvent> deserializer = new EventDeserializer<>(Topics.HEALTH);
    return RecordedTopics.read(kafka.value(), CLUSTER).stream()
        .filter(record -> record.topic().equals(Topics.HEALTH.name()))
        .filter(
            record -> new String(record.key(), StandardCharsets.UTF_8).equals(run.id().toString()))
        .map(
            record ->
                ((Received.Readable<HealthEvent>)
                        deserializer.deserialize(record.topic(), record.headers(), record.value()))
                    .event()
                    .data())
        .toList();
  }

  private static int lastWindow(BootstrapServers kafka, RunRef run) {
    return events(kafka, run).stream()
        .filter(HealthWindow.class::isInstance)
        .mapToInt(event -> ((HealthWindow) event).index())
        .max()
        .orElseThrow();
  }

  private static List<HealthWindow> windows(List<HealthEvent> events, ProbeName probe) {
    return events.stream()
        .filter(HealthWindow.class::isInstance)
        .map(HealthWindow.class::cast)
        .filter(window -> window.probe().equals(probe))
        .toList();
  }
}
