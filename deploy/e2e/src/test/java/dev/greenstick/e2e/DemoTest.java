package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.KeptDemo;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.fault.FaultConflicted;
import dev.greenstick.contracts.fault.FaultEvent;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.ProbeFinished;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.contracts.wire.Received;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a newcomer runs it, only shorter; then its topics as a subscriber reads them. */
class DemoTest {

  private static final ClusterName CLUSTER = new ClusterName("local");
  private static final String[] SHORT = {"--baseline", "8s", "--duration", "8s"};

  @Test
  void threeReplicasSurviveTheLossOfOne(@TempDir Path directory) throws Exception {
    // Given
    try (KeptDemo demo = KeptDemo.run(Repository.root(), directory, SHORT)) {

      // When
      VerdictReached verdict = checkedHistory(demo);
      ShownCommands.replay(demo.bootstrapServers(), verdict.run().id(), directory);
      ShownCommands.control(demo, directory);
      int status = demo.stop();

      // Then
      assertThat(verdict.judgements()).isNotEmpty();
      assertThat(verdict.facts().get("fault.availability")).isBetween(0.8, 1.0);
      assertThat(status)
          .as(demo.said())
          .isEqualTo(
              switch (verdict.outcome()) {
                case CONFIRMED -> 0;
                case REFUTED -> 1;
                case INCONCLUSIVE -> 2;
              });
      assertThat(verdict.outcome())
          .as("an outcome that the figures decide")
          .isNotEqualTo(VerdictReached.Outcome.INCONCLUSIVE);
      assertThat(demo.left()).as("processes left behind").isEmpty();
    }
  }

  @Test
  void aSingleReplicaCannotLoseItsPod(@TempDir Path directory) throws Exception {
    // Given
    try (KeptDemo demo =
        KeptDemo.run(
            Repository.root(),
            directory,
            "--replicas",
            "1",
            SHORT[0],
            SHORT[1],
            SHORT[2],
            SHORT[3])) {

      // When
      VerdictReached verdict = checkedHistory(demo);
      int status = demo.stop();

      // Then
      assertThat(verdict.outcome()).isEqualTo(VerdictReached.Outcome.REFUTED);
      assertThat(verdict.facts().get("fault.availability")).isLessThan(0.5);
      assertThat(status).as(demo.said()).isEqualTo(1);
      assertThat(demo.left()).as("processes left behind").isEmpty();
    }
  }

  /** The one verdict, after everything that must hold of a finished run's history was checked. */
  private static VerdictReached checkedHistory(KeptDemo demo) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records =
        RecordedTopics.read(demo.bootstrapServers(), CLUSTER);
    records.forEach(DemoTest::isACloudEventOfItsSchema);
    assertThat(RecordedTopics.deadLetters(demo.bootstrapServers())).as("dead letters").isEmpty();

    List<EventData> events =
        records.stream().map(DemoTest::event).<EventData>map(Event::data).toList();
    List<VerdictReached> verdicts = of(VerdictReached.class, events);
    assertThat(verdicts).as("verdicts").hasSize(1);
    assertThat(of(RunFinished.class, events)).hasSize(1);
    assertThat(of(BaselineJudged.class, events))
        .extracting(BaselineJudged::steadiness)
        .containsExactly(BaselineJudged.Steadiness.STEADY);
    everyFaultHasItsEnd(events);
    everySecondHasItsWindow(events);
    everyPodIsAtItsImage(demo, of(FaultInjected.class, events));

    JsonNode printed = Json.mapper().readTree(demo.output());
    assertThat(printed.path("type").asText()).isEqualTo(Event.typeOf(VerdictReached.class));
    assertThat(Json.mapper().treeToValue(printed.path("data"), VerdictReached.class))
        .isEqualTo(verdicts.get(0));
    return verdicts.get(0);
  }

  private static void isACloudEventOfItsSchema(ConsumerRecord<byte[], byte[]> record) {
    String where = record.topic() + "-" + record.partition() + "@" + record.offset();
    CloudEvent event;
    try (CloudEventDeserializer sdk = new CloudEventDeserializer()) {
      event = sdk.deserialize(record.topic(), record.headers(), record.value());
    }
    assertThat(event.getId()).as(where).isNotBlank();
    assertThat(event.getSource()).as(where).isNotNull();
    assertThat(event.getTime()).as(where).isNotNull();
    assertThat(Schemas.problems(event.getType(), record.value()))
        .as("%s, %s", where, event.getType())
        .isEmpty();
  }

  private static void everyFaultHasItsEnd(List<EventData> events) {
    Map<FaultId, Integer> ends = new HashMap<>();
    for (FaultEvent event : of(FaultEvent.class, events)) {
      if (event instanceof FaultInjected) {
        ends.putIfAbsent(event.fault(), 0);
      } else if (!(event instanceof FaultConflicted)) {
        ends.merge(event.fault(), 1, Integer::sum);
      }
    }
    assertThat(ends).isNotEmpty().allSatisfy((fault, count) -> assertThat(count).isEqualTo(1));
    assertThat(of(FaultReverted.class, events))
        .flatExtracting(FaultReverted::pods)
        .extracting(FaultReverted.PodEnd::outcome)
        .containsOnly(FaultReverted.PodOutcome.RESTORED);
  }

  private static void everySecondHasItsWindow(List<EventData> events) {
    ProbeFinished finished = of(ProbeFinished.class, events).get(0);
    finished
        .windows()
        .forEach(
            (probe, count) ->
                assertThat(of(HealthWindow.class, events))
                    .filteredOn(window -> window.probe().equals(probe))
                    .extracting(HealthWindow::index)
                    .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).boxed().toList()));
  }

  private static void everyPodIsAtItsImage(KeptDemo demo, List<FaultInjected> faults) {
    try (KubernetesClient cluster =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(demo.kubeconfig().toFile()))
            .build()) {
      for (Pod pod : cluster.pods().inNamespace("default").list().getItems()) {
        assertThat(pod.getSpec().getContainers())
            .as(pod.getMetadata().getName())
            .allSatisfy(container -> assertThat(container.getImage()).doesNotContain("pause"));
        assertThat(pod.getMetadata().getLabels()).doesNotContainKey("greenstick.dev/fault");
      }
      assertThat(faults)
          .flatExtracting(FaultInjected::pods)
          .allSatisfy(
              pod ->
                  assertThat(cluster.pods().inNamespace(pod.namespace()).withName(pod.name()).get())
                      .as("the pod that was hit")
                      .isNotNull());
      assertThat(
              cluster
                  .configMaps()
                  .inNamespace("greenstick")
                  .withLabel("greenstick.dev/fault")
                  .list()
                  .getItems())
          .as("every entry of the injector's ledger that is left is closed")
          .allSatisfy(
              entry ->
                  assertThat(entry.getMetadata().getLabels())
                      .containsEntry("greenstick.dev/state", "closed"));
    }
  }

  private static Event<?> event(ConsumerRecord<byte[], byte[]> record) {
    Topic<?> topic =
        Topics.all(List.of(CLUSTER)).stream()
            .filter(candidate -> candidate.name().equals(record.topic()))
            .findFirst()
            .orElseThrow();
    try (EventDeserializer<?> deserializer = new EventDeserializer<>(topic)) {
      Received<?> received =
          deserializer.deserialize(record.topic(), record.headers(), record.value());
      return switch (received) {
        case Received.Readable<?> readable -> readable.event();
        case Received.Unreadable<?> unreadable -> throw new AssertionError(unreadable.reason());
      };
    }
  }

  private static <T> List<T> of(Class<T> type, List<EventData> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
