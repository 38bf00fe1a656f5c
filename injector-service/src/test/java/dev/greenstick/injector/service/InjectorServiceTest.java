package dev.greenstick.injector.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.command.FaultRevert;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.halt.HaltLifted;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.halt.HaltSet;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.injector.cluster.ConformanceImages;
import dev.greenstick.injector.fault.Hold;
import dev.greenstick.injector.kubernetes.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The service as it ships, between a real broker and an API server under the shipped roles. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class InjectorServiceTest {

  private static final URI SCHEDULER = URI.create("/scheduler");
  private static final Topic<Command> COMMANDS = Topics.commands(Examples.CLUSTER);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = Surroundings.ADMIN_KUBECONFIG)
  String adminKubeconfig;

  @TestHTTPResource("/q/health/ready")
  URI ready;

  @TestHTTPResource("/q/metrics")
  URI metrics;

  @Inject Clock clock;

  private FaultInject inject(PodAction action, String app, Duration duration) {
    RunRef run = RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, clock.instant());
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    Selector selector = Selector.ofLabels("default", Map.of("app", app));
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        clock.instant().plusSeconds(30),
        fault,
        Examples.STEP,
        new PodChaos(action, Mode.ONE, null, duration, 0, null, selector));
  }

  @Test
  void pod_fails_for_the_duration_and_comes_back_and_both_are_told() throws Exception {
    try (TestCluster.Client cluster = TestCluster.client(adminKubeconfig)) {
      // Given
      PodRef pod = cluster.make("default", "e2e-fails", Map.of("app", "e2e-fails"));
      FaultInject command = inject(PodAction.POD_FAILURE, "e2e-fails", Duration.ofSeconds(2));

      // When
      send(command);
      send(command);
      FaultInjected injected = await(command, FaultInjected.class);
      Pod held = cluster.get(pod);
      FaultReverted reverted = await(command, FaultReverted.class);
      Pod after = cluster.get(pod);

      // Then
      assertThat(injected.pods()).containsExactly(pod);
      assertThat(held.getSpec().getContainers().getFirst().getImage())
          .isEqualTo("registry.k8s.io/pause:3.10");
      assertThat(held.getMetadata().getLabels()).containsKey(Hold.LABEL);
      assertThat(reverted.cause()).isEqualTo(Cause.DURATION_ELAPSED);
      assertThat(reverted.revertedAt())
          .isBetween(injected.revertBy(), injected.revertBy().plusSeconds(2));
      assertThat(after.getSpec().getContainers().getFirst().getImage()).isEqualTo("model:1");
      assertThat(after.getSpec().getInitContainers().getFirst().getImage())
          .isEqualTo(ConformanceImages.SHELL);
      assertThat(after.getMetadata().getAnnotations()).doesNotContainKey(Hold.ANNOTATION);
      assertThat(after.getMetadata().getLabels()).doesNotContainKey(Hold.LABEL);
      assertThat(events(command)).hasSize(2);
    }
  }

  @Test
  void pod_is_killed_once_and_the_fault_ends_after_its_duration() throws Exception {
    try (TestCluster.Client cluster = TestCluster.client(adminKubeconfig)) {
      // Given
      PodRef pod = cluster.make("default", "e2e-killed", Map.of("app", "e2e-killed"));
      FaultInject command = inject(PodAction.POD_KILL, "e2e-killed", Duration.ofSeconds(1));

      // When
      send(command);
      FaultReverted reverted = await(command, FaultReverted.class);

      // Then
      assertThat(reverted.pods()).extracting(FaultReverted.PodEnd::pod).containsExactly(pod);
      assertThat(cluster.get(pod)).isNull();
    }
  }

  @Test
  void revert_ends_a_fault_early() throws Exception {
    try (TestCluster.Client cluster = TestCluster.client(adminKubeconfig)) {
      // Given
      PodRef pod = cluster.make("default", "e2e-revert", Map.of("app", "e2e-revert"));
      FaultInject command = inject(PodAction.POD_FAILURE, "e2e-revert", Duration.ofMinutes(10));
      send(command);
      await(command, FaultInjected.class);

      // When
      send(
          new FaultRevert(
              CommandId.of(command.run().id(), "fault.revert", command.fault().toString()),
              command.run(),
              command.fault(),
              "enough seen"));
      FaultReverted reverted = await(command, FaultReverted.class);

      // Then
      assertThat(reverted.cause()).isEqualTo(Cause.COMMANDED);
      assertThat(cluster.get(pod).getSpec().getContainers().getFirst().getImage())
          .isEqualTo("model:1");
    }
  }

  @Test
  void selector_without_pods_is_refused() throws Exception {
    // Given
    FaultInject command = inject(PodAction.POD_FAILURE, "nobody", Duration.ofSeconds(1));

    // When
    send(command);

    // Then
    assertThat(await(command, FaultRefused.class).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).startsWith("no pod"));
  }

  @Test
  void halt_reverts_within_a_second_and_refuses_what_comes_after_until_it_is_lifted()
      throws Exception {
    try (TestCluster.Client cluster = TestCluster.client(adminKubeconfig)) {
      // Given
      PodRef pod = cluster.make("default", "e2e-halted", Map.of("app", "e2e-halted"));
      FaultInject before = inject(PodAction.POD_FAILURE, "e2e-halted", Duration.ofMinutes(10));
      send(before);
      await(before, FaultInjected.class);
      FaultInject after = inject(PodAction.POD_FAILURE, "e2e-halted", Duration.ofSeconds(1));
      FaultInject lifted = inject(PodAction.POD_FAILURE, "e2e-halted", Duration.ofSeconds(1));
      HaltScope scope = new HaltScope(null, before.run().experiment());

      // When
      Instant said = clock.instant();
      say(new HaltSet(scope, "alice", "the pager rings", said));
      send(after);
      FaultReverted reverted = await(before, FaultReverted.class);
      FaultRefused refused = await(after, FaultRefused.class);
      say(new HaltLifted(scope, "alice", "it was a drill", clock.instant()));
      send(lifted);
      await(lifted, FaultReverted.class);

      // Then
      assertThat(reverted.cause()).isEqualTo(Cause.HALTED);
      assertThat(Duration.between(said, reverted.revertedAt())).isLessThan(Duration.ofSeconds(1));
      assertThat(refused.problems())
          .extracting(Problem::message)
          .containsExactly(
              "halt of %s by alice at %s: the pager rings; lift it first".formatted(scope, said));
      assertThat(cluster.get(pod).getSpec().getContainers().getFirst().getImage())
          .isEqualTo("model:1");
    }
  }

  @Test
  void halt_that_cannot_be_read_stops_its_scope() throws Exception {
    // Given
    FaultInject command = inject(PodAction.POD_FAILURE, "nobody", Duration.ofSeconds(1));
    String scope = "cluster/" + Examples.CLUSTER;

    // When
    produce(new ProducerRecord<>(Topics.HALTS.name(), scope, new byte[] {'{'}));
    send(command);
    FaultRefused refused = await(command, FaultRefused.class);
    produce(new ProducerRecord<>(Topics.HALTS.name(), scope, null));

    // Then
    assertThat(refused.problems())
        .extracting(Problem::message)
        .anyMatch(each -> each.startsWith("halt of " + scope + ", because record"));
  }

  @Test
  void record_that_is_no_command_goes_to_the_dead_letters_and_the_next_one_is_read()
      throws Exception {
    // Given
    FaultInject command = inject(PodAction.POD_FAILURE, "nobody", Duration.ofSeconds(1));
    byte[] garbage = "{".getBytes(StandardCharsets.UTF_8);

    // When
    produce(new ProducerRecord<>(COMMANDS.name(), command.key(), garbage));
    send(command);

    // Then
    await(command, FaultRefused.class);
    ConsumerRecord<byte[], byte[]> letter =
        awaitRecord(Topics.DEAD_LETTERS, record -> text(record.key()).equals(command.key()));
    assertThat(letter.value()).isEqualTo(garbage);
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.ORIGIN_TOPIC))
        .isEqualTo(COMMANDS.name());
    assertThat(CloudEventHeaders.text(letter.headers(), DeadLetter.READER)).isEqualTo("injector");
  }

  @Test
  void heartbeat_says_what_it_can_do() {
    // When
    ConsumerRecord<byte[], byte[]> beat = awaitRecord(Topics.AGENTS.name(), record -> true);

    // Then
    AgentEvent said = read(Topics.AGENTS, beat);
    assertThat(said)
        .isInstanceOfSatisfying(
            AgentHeartbeat.class,
            each -> {
              assertThat(each.key()).isEqualTo("local/injector");
              assertThat(each.capabilities())
                  .containsExactly(
                      "pod-failure",
                      "pod-kill",
                      "container-kill",
                      "network-deny",
                      "scale-down",
                      "node-drain",
                      "chaos-mesh");
            });
  }

  @Test
  void injector_is_ready_while_kafka_and_the_api_server_answer() throws Exception {
    // When
    HttpResponse<String> answer = get(ready);

    // Then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("kafka", "kubernetes");
  }

  @Test
  void latency_from_command_to_call_is_measured() throws Exception {
    // When
    HttpResponse<String> answer = get(metrics);

    // Then
    assertThat(answer.body())
        .contains("greenstick_injector_command_to_call_seconds_bucket")
        .contains("greenstick_injector_revert_lateness_seconds");
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private void send(Command command) throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, Event<? extends Command>> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new StringSerializer(),
            new EventSerializer<Command>())) {
      Event<Command> event = Event.of(SCHEDULER, clock.instant(), command);
      producer.send(new ProducerRecord<>(COMMANDS.name(), command.key(), event)).get();
    }
  }

  private void say(HaltEvent halt) throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, Event<? extends HaltEvent>> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new StringSerializer(),
            new EventSerializer<HaltEvent>())) {
      Event<HaltEvent> event = Event.of(SCHEDULER, halt.at(), halt);
      producer.send(new ProducerRecord<>(Topics.HALTS.name(), halt.key(), event)).get();
    }
  }

  private void produce(ProducerRecord<String, byte[]> record)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private <E extends FaultEvent> E await(FaultInject command, Class<E> type) {
    return type.cast(
        read(
            Topics.FAULTS,
            awaitRecord(
                Topics.FAULTS.name(),
                record -> {
                  FaultEvent event = read(Topics.FAULTS, record);
                  return event.fault().equals(command.fault()) && type.isInstance(event);
                })));
  }

  private List<FaultEvent> events(FaultInject command) {
    List<FaultEvent> events = new ArrayList<>();
    awaitRecord(
        Topics.FAULTS.name(),
        record -> {
          FaultEvent event = read(Topics.FAULTS, record);
          if (event.fault().equals(command.fault())) {
            events.add(event);
          }
          return event instanceof FaultReverted && event.fault().equals(command.fault());
        });
    return events;
  }

  /** The first record of a topic that is wanted; waits half a minute for it. */
  private ConsumerRecord<byte[], byte[]> awaitRecord(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Instant end = clock.instant().plusSeconds(30);
      while (clock.instant().isBefore(end)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
      throw new AssertionError("the record did not come to " + topic);
    }
  }

  private static <E extends EventData> E read(
      Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
    try (EventDeserializer<E> deserializer = new EventDeserializer<>(topic)) {
      return switch (deserializer.deserialize(topic.name(), record.headers(), record.value())) {
        case Received.Readable<E> readable -> readable.event().data();
        case Received.Unreadable<E> unreadable -> throw new AssertionError(unreadable.reason());
      };
    }
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
