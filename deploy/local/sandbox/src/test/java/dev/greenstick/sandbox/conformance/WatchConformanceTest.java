package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Watching: from a version on, without loss, and the end of it when the version is too old. */
@ExtendWith(ClusterUnderTest.class)
class WatchConformanceTest {

  private final Cluster cluster;
  private final Recorder recorder = new Recorder();
  private String name;

  WatchConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static final class Recorder implements Watcher<ConfigMap> {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CompletableFuture<WatcherException> closed = new CompletableFuture<>();

    @Override
    public void eventReceived(Action action, ConfigMap object) {
      seen.add(action + (action == Action.BOOKMARK ? "" : " " + object.getData()));
    }

    @Override
    public void onClose(WatcherException cause) {
      closed.complete(cause);
    }

    List<String> awaitEvents(int count) {
      return Awaitility.await()
          .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
          .until(() -> seen, events -> events.size() >= count);
    }
  }

  @BeforeEach
  void nameTheObject() {
    name = cluster.name("watch");
  }

  @AfterEach
  void removeObject() {
    cluster.client().configMaps().withName(name).delete();
  }

  private ConfigMap create(String value) {
    return cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withData(Map.of("v", value))
                .build())
        .create();
  }

  private ConfigMap set(String value) {
    return cluster
        .client()
        .configMaps()
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"v\":\"%s\"}}".formatted(value));
  }

  private Watch watch(ListOptions options) {
    return cluster.client().configMaps().withLabel("app", name).watch(options, recorder);
  }

  private static ListOptions from(String version) {
    return new ListOptionsBuilder().withResourceVersion(version).build();
  }

  private String listVersion() {
    return cluster
        .client()
        .configMaps()
        .withLabel("app", name)
        .list()
        .getMetadata()
        .getResourceVersion();
  }

  @Test
  void everyChangeIsSeenInOrder() {
    // Given
    try (Watch watch = watch(from(listVersion()))) {
      assertThat(watch).isNotNull();

      // When
      create("1");
      set("2");
      cluster.client().configMaps().withName(name).delete();

      // Then
      assertThat(recorder.awaitEvents(3))
          .containsExactly("ADDED {v=1}", "MODIFIED {v=2}", "DELETED {v=2}");
    }
  }

  @Test
  void aWatchResumesAfterTheVersionItSawLast() {
    // Given
    String seen = create("1").getMetadata().getResourceVersion();
    set("2");
    set("3");

    // When
    try (Watch watch = watch(from(seen))) {
      assertThat(watch).isNotNull();

      // Then
      assertThat(recorder.awaitEvents(2)).containsExactly("MODIFIED {v=2}", "MODIFIED {v=3}");
    }
  }

  @Test
  void aWatchWithoutAVersionBeginsWithWhatExists() {
    // Given
    create("1");

    // When
    try (Watch watch = watch(new ListOptions())) {
      assertThat(watch).isNotNull();

      // Then
      assertThat(recorder.awaitEvents(1)).containsExactly("ADDED {v=1}");
    }
  }

  @Test
  void anObjectThatIsSelectedNoMoreIsSeenAsDeleted() {
    // Given
    String seen = create("1").getMetadata().getResourceVersion();

    // When
    try (Watch watch = watch(from(seen))) {
      assertThat(watch).isNotNull();
      cluster
          .client()
          .configMaps()
          .withName(name)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"app\":\"x\"}}}");

      // Then
      assertThat(recorder.awaitEvents(1)).containsExactly("DELETED {v=1}");
    }
  }

  @Test
  void aWatchFromTooOldAVersionIsGone() throws Exception {
    // When
    try (Watch watch = watch(from("1"))) {
      assertThat(watch).isNotNull();
      WatcherException cause = recorder.closed.get(ClusterUnderTest.PATIENCE, TimeUnit.SECONDS);

      // Then
      assertThat(cause).isNotNull();
      assertThat(cause.isHttpGone()).isTrue();
    }
  }

  @Test
  void aWatchThatAsksForBookmarksStillSeesEveryChange() {
    // Given
    String seen = create("1").getMetadata().getResourceVersion();

    // When
    try (Watch watch =
        watch(
            new ListOptionsBuilder()
                .withResourceVersion(seen)
                .withAllowWatchBookmarks(true)
                .build())) {
      assertThat(watch).isNotNull();
      set("2");

      // Then
      assertThat(recorder.awaitEvents(1)).contains("MODIFIED {v=2}");
    }
  }

  @Test
  void anInformerKeepsUpWithTheCluster() {
    // Given
    try (var informer = cluster.client().configMaps().withLabel("app", name).inform()) {
      create("1");

      // When
      set("2");

      // Then
      Awaitility.await()
          .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
          .untilAsserted(
              () ->
                  assertThat(informer.getStore().list())
                      .singleElement()
                      .satisfies(map -> assertThat(map.getData()).containsEntry("v", "2")));
    }
  }
}
