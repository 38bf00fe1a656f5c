package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.greenstick.broker.junit.BootstrapServers;
import dev.greenstick.broker.junit.RealKafka;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.PodChaos;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.fault.FaultReverted.Cause;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.EventId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import dev.greenstick.sandbox.Sandbox;
import dev.greenstick.sandbox.SandboxSettings;
import dev.greenstick.sandbox.access.ServiceAccountName;
import dev.greenstick.sandbox.kubelet.Image;
import dev.greenstick.sandbox.kubelet.Images;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two injectors of one cluster, as they ship, with a real broker and a sandbox API server. */
@ExtendWith(RealKafka.class)
class TwoInjectorsTest {

  private static final ClusterName CLUSTER = new ClusterName("local");
  private static final Topic<Command> COMMANDS = Topics.commands(CLUSTER);
  private static final ServiceAccountName INJECTOR =
      new ServiceAccountName("greenstick", "greenstick-injector");
  private static final StepName STEP = new StepName("fail");
  private static final Duration LEASE = Duration.ofSeconds(4);

  /** For a machine that is busy with other things. */
  private static final Duration SLACK = Duration.ofSeconds(6);

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final InstantSource clock = InstantSource.system();
  private final List<InjectorProcess> started = new ArrayList<>();
  private String servers;
  private Sandbox sandbox;
  private KubernetesClient admin;
  private int runs;

  @BeforeEach
  void cluster(BootstrapServers kafka) throws Exception {
    servers = kafka.value();
    try (Admin topics = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreation.createMissing(topics, List.of(CLUSTER), (short) 1);
    }
    sandbox =
        new Sandbox(
            SandboxSettings.in(Files.createTempDirectory(Path.of("target"), "sandbox"))
                .withImages(Images.pauseOnly().with("model:1", new Image.Pause()))
                .withManifests(List.of(Repository.root().resolve("deploy/kubernetes")))
                .withServiceAccounts(List.of(INJECTOR)));
    sandbox.start();
    admin =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(sandbox.adminKubeconfig().toFile()))
            .build();
  }

  @AfterEach
  void end() {
    started.forEach(InjectorProcess::close);
    admin.close();
    sandbox.close();
  }

  private InjectorProcess start() throws Exception {
    InjectorProcess injector =
        InjectorProcess.start(
            "injector-" + started.size() + "-" + clock.instant().toEpochMilli(),
            sandbox.kubeconfig(INJECTOR),
            servers,
            "-Dgreenstick.injector.lease=" + LEASE.toSeconds() + "s",
            "-Dgreenstick.injector.most-down-percent=100",
            "-Dgreenstick.injector.least-ready=0");
    started.add(injector);
    return injector;
  }

  private InjectorProcess startAs(String role) throws Exception {
    InjectorProcess injector = start();
    awaitRole(injector, role, PATIENCE);
    return injector;
  }

  private static void awaitRole(InjectorProcess injector, String role, Duration atMost) {
    await("injector is " + role)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .until(injector::role, role::equals);
  }

  private void pods(String app, int count) {
    for (int i = 0; i < count; i++) {
      Pod pod =
          admin
              .resource(
                  new PodBuilder()
                      .withNewMetadata()
                      .withNamespace("default")
                      .withName(app + "-" + i)
                      .addToLabels("app", app)
                      .endMetadata()
                      .withNewSpec()
                      .addNewContainer()
                      .withName("server")
                      .withImage("model:1")
                      .endContainer()
                      .endSpec()
                      .build())
              .create();
      assertThat(pod).isNotNull();
    }
    admin
        .pods()
        .inNamespace("default")
        .withLabel("app", app)
        .waitUntilCondition(
            pod -> pod != null && "Running".equals(pod.getStatus().getPhase()),
            30,
            TimeUnit.SECONDS);
  }

  private List<String> images(String app) {
    return admin.pods().inNamespace("default").withLabel("app", app).list().getItems().stream()
        .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .toList();
  }

  private FaultInject inject(PodAction action, String app, int pods, Duration duration) {
    RunRef run =
        RunRef.of(new ExperimentName("two-injectors"), CLUSTER, clock.instant().plusNanos(runs++));
    FaultId fault = FaultId.of(run.id(), STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        clock.instant().plusSeconds(60),
        fault,
        STEP,
        new PodChaos(
            action,
            Mode.FIXED,
            String.valueOf(pods),
            duration,
            0,
            null,
            Selector.ofLabels("default", Map.of("app", app))));
  }

  private void send(FaultInject command) throws Exception {
    try (KafkaProducer<String, Event<? extends Command>> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new StringSerializer(),
            new EventSerializer<Command>())) {
      Event<Command> event = Event.of(URI.create("/scheduler"), clock.instant(), command);
      producer.send(new ProducerRecord<>(COMMANDS.name(), command.key(), event)).get();
    }
  }

  /** What was told of a fault so far: by event id, so that telling twice is telling once. */
  private List<FaultEvent> told(FaultInject command) {
    Map<EventId, FaultEvent> told = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        EventDeserializer<FaultEvent> deserializer = new EventDeserializer<>(Topics.FAULTS)) {
      var partitions =
          consumer.partitionsFor(Topics.FAULTS.name()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (deserializer.deserialize(record.topic(), record.headers(), record.value())
                  instanceof Received.Readable<FaultEvent> readable
              && readable.event().data().fault().equals(command.fault())) {
            told.put(readable.event().id(), readable.event().data());
          }
        }
      }
    }
    return List.copyOf(told.values());
  }

  private <E extends FaultEvent> E awaitTold(FaultInject command, Class<E> type) {
    return await(type.getSimpleName())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> told(command).stream().filter(type::isInstance).map(type::cast).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void standby_finishes_what_a_killed_leader_began_and_takes_over_within_the_lease()
      throws Exception {
    // Given
    pods("killed", 2);
    InjectorProcess leader = startAs("leader");
    InjectorProcess standby = startAs("standby");
    FaultInject command =
        inject(PodAction.POD_FAILURE, "killed", 1, LEASE.plus(SLACK).plusSeconds(2));
    send(command);
    awaitTold(command, FaultInjected.class);

    // When
    Instant killed = clock.instant();
    leader.kill();
    awaitRole(standby, "leader", LEASE.plus(SLACK));
    Duration untilLead = Duration.between(killed, clock.instant());
    FaultReverted reverted = awaitTold(command, FaultReverted.class);
    FaultInject next = inject(PodAction.POD_FAILURE, "killed", 1, Duration.ofSeconds(1));
    send(next);
    awaitTold(next, FaultReverted.class);

    // Then
    assertThat(untilLead).isLessThan(LEASE.plus(SLACK));
    assertThat(reverted.cause()).isEqualTo(Cause.DURATION_ELAPSED);
    assertThat(told(command)).hasSize(2);
    assertThat(images("killed")).containsOnly("model:1").hasSize(2);
  }

  @Test
  void pods_are_killed_as_often_as_was_ordered_though_the_leader_dies_among_them()
      throws Exception {
    // Given
    pods("counted", 8);
    InjectorProcess leader = startAs("leader");
    startAs("standby");
    FaultInject command = inject(PodAction.POD_KILL, "counted", 4, Duration.ofSeconds(30));

    // When
    send(command);
    await("the first kill")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> images("counted").size() < 8);
    leader.kill();
    FaultReverted reverted = awaitTold(command, FaultReverted.class);

    // Then
    assertThat(reverted.pods()).hasSize(4);
    assertThat(images("counted")).hasSize(4);
    assertThat(told(command)).hasSize(2);
  }

  @Test
  void leader_that_was_paused_does_nothing_once_another_one_leads() throws Exception {
    // Given
    pods("paused", 2);
    InjectorProcess leader = startAs("leader");
    InjectorProcess standby = startAs("standby");
    FaultInject command =
        inject(PodAction.POD_FAILURE, "paused", 1, LEASE.plus(SLACK).plusSeconds(2));
    send(command);
    awaitTold(command, FaultInjected.class);

    // When
    leader.signal("STOP");
    awaitRole(standby, "leader", LEASE.plus(SLACK));
    FaultReverted reverted = awaitTold(command, FaultReverted.class);
    FaultInject held = inject(PodAction.POD_FAILURE, "paused", 1, Duration.ofSeconds(4));
    send(held);
    awaitTold(held, FaultInjected.class);
    leader.signal("CONT");
    awaitRole(leader, "standby", PATIENCE);
    awaitTold(held, FaultReverted.class);

    // Then
    assertThat(reverted.cause()).isEqualTo(Cause.DURATION_ELAPSED);
    assertThat(standby.role()).isEqualTo("leader");
    assertThat(told(command)).hasSize(2);
    assertThat(told(held)).hasSize(2);
    assertThat(images("paused")).containsOnly("model:1").hasSize(2);
  }

  @Test
  void leader_that_is_told_to_stop_hands_its_faults_over_and_the_last_one_lets_go()
      throws Exception {
    // Given
    pods("handed", 2);
    InjectorProcess leader = startAs("leader");
    InjectorProcess standby = startAs("standby");
    FaultInject command = inject(PodAction.POD_FAILURE, "handed", 1, Duration.ofMinutes(10));
    send(command);
    awaitTold(command, FaultInjected.class);

    // When
    boolean stopped = leader.stop();
    awaitRole(standby, "leader", LEASE.plus(SLACK));
    List<FaultEvent> afterOne = told(command);
    List<String> held = images("handed");
    boolean stoppedToo = standby.stop();
    FaultReverted reverted = awaitTold(command, FaultReverted.class);

    // Then
    assertThat(stopped).isTrue();
    assertThat(afterOne).hasSize(1);
    assertThat(held).contains("registry.k8s.io/pause:3.10");
    assertThat(stoppedToo).isTrue();
    assertThat(reverted.cause()).isEqualTo(Cause.HALTED);
    assertThat(images("handed")).containsOnly("model:1");
  }
}
