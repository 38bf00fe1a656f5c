package dev.greenstick.probe.watch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.health.PodHealth;
import dev.greenstick.probe.watch.PodWatch;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against an API server under the role that ships. */
class KubernetesPodWatchesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String app = "app-" + NEXT.incrementAndGet();
  private final KubernetesClient admin = TestCluster.client(TestCluster.shared().adminKubeconfig());
  private final KubernetesClient client =
      TestCluster.client(TestCluster.shared().probeKubeconfig());
  private final List<PodHealth> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    client.close();
    admin.close();
  }

  private PodWatch watch(KubernetesClient from) {
    return new KubernetesPodWatches(from, Clock.systemUTC())
        .over(Examples.RUN, List.of(selector("default"), selector("default")), told::add);
  }

  private Selector selector(String namespace) {
    return Selector.ofLabels(namespace, Map.of("app", app));
  }

  private PodRef make(String name) {
    return TestCluster.make(admin, "default", app + "-" + name, Map.of("app", app));
  }

  private void awaitTold(PodRef pod, Predicate<PodHealth> state) {
    await()
        .atMost(PATIENCE)
        .until(() -> told.stream().anyMatch(each -> each.pod().equals(pod) && state.test(each)));
  }

  @Test
  void theFirstStateOfEveryPodIsToldAndThenEveryChangeUntilItIsGone() {
    // Given
    PodRef first = make("first");
    TestCluster.make(admin, "default", app + "-other", Map.of("app", "other"));
    try (PodWatch watch = watch(client)) {
      awaitTold(first, PodHealth::ready);
      PodRef second = make("second");
      awaitTold(second, PodHealth::ready);

      // When
      admin
          .pods()
          .inNamespace("default")
          .withName(first.name())
          .edit(
              pod -> {
                pod.getSpec().getContainers().getFirst().setImage(TestCluster.PAUSE);
                return pod;
              });
      awaitTold(first, state -> state.images().equals(List.of(TestCluster.PAUSE)));
      awaitTold(first, state -> state.restarts() == 1 && state.ready());
      admin.pods().inNamespace("default").withName(first.name()).delete();
      awaitTold(first, state -> state.phase().equals("Deleted"));

      // Then
      assertThat(watch.problem()).isEmpty();
      assertThat(told).extracting(PodHealth::pod).containsOnly(first, second);
      assertThat(told.stream().filter(state -> state.pod().equals(first)).toList().getLast())
          .satisfies(
              last -> {
                assertThat(last.phase()).isEqualTo("Deleted");
                assertThat(last.ready()).isFalse();
              });
      assertThat(told)
          .filteredOn(state -> state.ready())
          .allSatisfy(state -> assertThat(state.reason()).isNull());
    }
  }

  @Test
  void afterAnOutageAndWithItsVersionExpiredTheWatchTellsWhatChangedMeanwhile() throws Exception {
    // Given
    PodRef gone = make("gone");
    PodRef stays = make("stays");
    try (Cable cable = new Cable(TestCluster.shared().apiUrl());
        KubernetesClient through = clientThrough(cable);
        PodWatch watch = watch(through)) {
      awaitTold(gone, PodHealth::ready);
      awaitTold(stays, PodHealth::ready);
      await().atMost(PATIENCE).until(() -> watch.problem().isEmpty());

      // When
      cable.cut();
      admin.pods().inNamespace("default").withName(gone.name()).delete();
      PodRef added = make("added");
      TestCluster.shared().compact();
      await().atMost(PATIENCE).until(() -> watch.problem().isPresent());
      cable.mend();

      // Then
      awaitTold(added, PodHealth::ready);
      awaitTold(gone, state -> state.phase().equals("Deleted"));
      await().atMost(PATIENCE).until(() -> watch.problem().isEmpty());
      assertThat(told.stream().filter(state -> state.pod().equals(stays)).toList().getLast())
          .satisfies(last -> assertThat(last.ready()).isTrue());
    }
  }

  private static KubernetesClient clientThrough(Cable cable) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(TestCluster.shared().probeKubeconfig().toFile()))
            .withMasterUrl(cable.url().toString())
            .withWatchReconnectInterval(100)
            .withOnlyHttpWatches(true)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Test
  void aNamespaceWithoutTheRoleIsNotWatchedAndSaysSo() {
    // Given
    PodWatch watch =
        new KubernetesPodWatches(client, Clock.systemUTC())
            .over(Examples.RUN, List.of(selector("kube-system")), told::add);

    // When, Then
    try (watch) {
      await()
          .atMost(PATIENCE)
          .until(() -> watch.problem().filter(why -> why.contains("forbidden")).isPresent());
      assertThat(told).isEmpty();
    }
  }

  @Test
  void withoutAnApiServerTheWatchIsDownAndHoldsNobodyUp() {
    // Given
    Config nowhere =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:1")
            .withRequestRetryBackoffLimit(0)
            .withOnlyHttpWatches(true)
            .build();

    // When
    try (KubernetesClient lost = new KubernetesClientBuilder().withConfig(nowhere).build();
        PodWatch watch = watch(lost)) {
      // Then
      await()
          .atMost(PATIENCE)
          .until(() -> watch.problem().filter(why -> why.contains("refused")).isPresent());
    }
  }

  @Test
  void aClientThatWatchesOverWebSocketsIsRefused() {
    Config lossy = new ConfigBuilder(client.getConfiguration()).withOnlyHttpWatches(false).build();
    try (KubernetesClient over = new KubernetesClientBuilder().withConfig(lossy).build()) {
      assertThatThrownBy(() -> new KubernetesPodWatches(over, Clock.systemUTC()))
          .hasMessageContaining("onlyHttpWatches");
    }
  }

  @Test
  void aWatchThatIsClosedTellsNothing() {
    // Given
    PodRef first = make("first");
    PodWatch watch = watch(client);
    awaitTold(first, PodHealth::ready);

    // When
    watch.close();
    int before = told.size();
    Pod gone = admin.pods().inNamespace("default").withName(first.name()).get();
    admin.resource(gone).delete();

    // Then
    await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> told.size() == before);
  }
}
