package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.command.Command;
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
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.probe.watch.kubernetes.TestCluster;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The service as it ships, between a real broker, a real model and a cluster. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class ProberTest {

  private static final URI SCHEDULER = URI.create("/scheduler");
  private static final Topic<Command> COMMANDS = Topics.commands(Examples.CLUSTER);
  private static final Clock WALL = Clock.systemUTC();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = Surroundings.MODEL_URL)
  URI model;

  @ConfigProperty(name = Surroundings.ADMIN_KUBECONFIG)
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
              List.of(
                  new Selector(
                      List.of("default"),
                      Map.of("app", "watched"),
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null)));

      // When
      send(start);
      send(start);
      await(start.run(), event -> event instanceof HealthWindow window && window.index() == 1);
      await(start.run(), event -> event instanceof PodHealth health && health.ready());
      send(new ProbeStop(CommandId.of(start.run().id(), "probe.stop", ""), start.run()));
      ProbeFinished finished = (ProbeFinished) await(start.run(), ProbeFinished.class::isInstance);

      // Then
      List<HealthEvent> events = events(start.run());
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
    send(start);
    ProbeRefused refused = (ProbeRefused) await(start.run(), ProbeRefused.class::isInstance);

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
    send(start);
    ProbeFinished finished = (ProbeFinished) await(start.run(), ProbeFinished.class::isInstance);

    // Then
    assertThat(finished.cause()).isEqualTo(ProbeFinished.Cause.LONGEST_ELAPSED);
    assertThat(finished.windows()).isEqualTo(Map.of(new ProbeName("one"), 2));
  }

  @Test
  void whatIsNoCommandGoesToTheDeadLettersAndReadingGoesOn() throws Exception {
    // Given
    String key = "no-run-" + System.identityHashCode(this);

    // When
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(COMMANDS.name(), 0, key, "{}")).get();
    }
    ProbeStart start = start(List.of(probe("one", 10)), List.of());
    send(start);
    await(start.run(), ProbeStarted.class::isInstance);

    // Then
    ConsumerRecord<byte[], byte[]> dead =
        awaitRecord(
            Topics.DEAD_LETTERS, record -> record.key() != null && key.equals(text(record.key())));
    assertThat(text(dead.value())).isEqualTo("{}");
    assertThat(CloudEventHeaders.text(dead.headers(), DeadLetter.READER)).isEqualTo("probe");
    assertThat(CloudEventHeaders.text(dead.headers(), DeadLetter.ORIGIN_TOPIC))
        .isEqualTo(COMMANDS.name());
    assertThat(CloudEventHeaders.text(dead.headers(), DeadLetter.REASON)).contains("missing");
    send(new ProbeStop(CommandId.of(start.run().id(), "probe.stop", ""), start.run()));
    await(start.run(), ProbeFinished.class::isInstance);
  }

  @Test
  void theProbeSaysThatItIsThereAndWhatItCanDo() throws Exception {
    // When
    ConsumerRecord<byte[], byte[]> record =
        awaitRecord(Topics.AGENTS.name(), each -> text(each.key()).equals("local/probe"));

    // Then
    AgentHeartbeat heartbeat = (AgentHeartbeat) read(Topics.AGENTS, record);
    assertThat(heartbeat.kind()).isEqualTo(AgentHeartbeat.Kind.PROBE);
    assertThat(heartbeat.capabilities()).containsExactly("open-inference-v2");
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

  private void send(Command command) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new EventSerializer<Command>())) {
      producer
          .send(
              new ProducerRecord<>(
                  COMMANDS.name(), command.key(), Event.of(SCHEDULER, WALL.instant(), command)))
          .get();
    }
  }

  private HealthEvent await(RunRef run, Predicate<HealthEvent> wanted) {
    return (HealthEvent)
        read(
            Topics.HEALTH,
            awaitRecord(
                Topics.HEALTH.name(),
                record ->
                    text(record.key()).equals(run.id().toString())
                        && wanted.test((HealthEvent) read(Topics.HEALTH, record))));
  }

  private List<HealthEvent> events(RunRef run) {
    List<HealthEvent> events = new ArrayList<>();
    try (var consumer = consumer()) {
      List<TopicPartition> partitions = fromTheBeginning(consumer, Topics.HEALTH.name());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (text(record.key()).equals(run.id().toString())) {
            events.add((HealthEvent) read(Topics.HEALTH, record));
          }
        }
      }
    }
    return events;
  }

  private ConsumerRecord<byte[], byte[]> awaitRecord(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Instant deadline = WALL.instant().plus(PATIENCE);
    try (var consumer = consumer()) {
      fromTheBeginning(consumer, topic);
      while (WALL.instant().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
    }
    throw new AssertionError("no such record in " + topic + " within " + PATIENCE);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> fromTheBeginning(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  private static <E extends EventData> EventData read(
      Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
    Received<E> received =
        new EventDeserializer<>(topic)
            .deserialize(record.topic(), record.headers(), record.value());
    return switch (received) {
      case Received.Readable<E> readable -> readable.event().data();
      case Received.Unreadable<E> unreadable -> throw new AssertionError(unreadable.reason());
    };
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

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
