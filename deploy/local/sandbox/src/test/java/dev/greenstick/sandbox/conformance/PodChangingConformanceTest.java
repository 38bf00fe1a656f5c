package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changing a pod that runs: images and metadata may change, nothing else, and nothing unseen. */
@ExtendWith(ClusterUnderTest.class)
class PodChangingConformanceTest {

  private final Cluster cluster;
  private String name;

  PodChangingConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void nameThePod() {
    name = cluster.name("change");
  }

  @AfterEach
  void removePod() {
    cluster.remove(name);
  }

  private Pod patch(PatchType type, String body) {
    return cluster.client().pods().withName(name).patch(PatchContext.of(type), body);
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getImage();
  }

  @Test
  void aStrategicPatchChangesOneContainersImageByItsName() {
    // Given
    cluster.createPausePod(name);

    // When
    Pod patched =
        patch(
            PatchType.STRATEGIC_MERGE,
            "{\"spec\":{\"containers\":[{\"name\":\"server\",\"image\":\"%s\"}]}}"
                .formatted(cluster.modelImage()));

    // Then
    assertThat(image(patched)).isEqualTo(cluster.modelImage());
    assertThat(patched.getSpec().getContainers()).hasSize(1);
  }

  @Test
  void aJsonPatchChangesTheImageWhenItsTestHolds() {
    // Given
    cluster.createPausePod(name);

    // When
    Pod patched =
        patch(
            PatchType.JSON,
            """
            [{"op":"test","path":"/spec/containers/0/image","value":"%s"},
             {"op":"replace","path":"/spec/containers/0/image","value":"%s"}]
            """
                .formatted(cluster.pauseImage(), cluster.modelImage()));

    // Then
    assertThat(image(patched)).isEqualTo(cluster.modelImage());
  }

  @Test
  void aJsonPatchWhoseTestFailsChangesNothing() {
    // Given
    cluster.createPausePod(name);

    // When / Then
    assertThatThrownBy(
            () ->
                patch(
                    PatchType.JSON,
                    """
                    [{"op":"test","path":"/spec/containers/0/image","value":"other"},
                     {"op":"replace","path":"/spec/containers/0/image","value":"another"}]
                    """))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(422));
    assertThat(image(cluster.client().pods().withName(name).get())).isEqualTo(cluster.pauseImage());
  }

  @Test
  void aMergePatchSetsAndRemovesAnnotations() {
    // Given
    cluster.createPausePod(name);
    patch(PatchType.JSON_MERGE, "{\"metadata\":{\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}}");

    // When
    Pod patched = patch(PatchType.JSON_MERGE, "{\"metadata\":{\"annotations\":{\"a\":null}}}");

    // Then
    assertThat(patched.getMetadata().getAnnotations())
        .doesNotContainKey("a")
        .containsEntry("b", "2");
  }

  @Test
  void aPatchThatNamesAStaleVersionConflicts() {
    // Given
    Pod seen = cluster.createPausePod(name);
    patch(PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"moved\":\"on\"}}}");

    // When / Then
    assertThatThrownBy(
            () ->
                patch(
                    PatchType.STRATEGIC_MERGE,
                    "{\"metadata\":{\"resourceVersion\":\"%s\",\"labels\":{\"x\":\"y\"}}}"
                        .formatted(seen.getMetadata().getResourceVersion())))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(409);
              assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
            });
  }

  @Test
  void aPatchThatNamesAnotherUidConflicts() {
    // Given
    cluster.createPausePod(name);

    // When / Then
    assertThatThrownBy(
            () ->
                patch(
                    PatchType.STRATEGIC_MERGE,
                    "{\"metadata\":{\"uid\":\"3c1f0f5e-0000-4000-8000-000000000000\"}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(409));
  }

  @Test
  void anUpdateOfAStaleVersionConflicts() {
    // Given
    Pod seen = cluster.createPausePod(name);
    patch(PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"moved\":\"on\"}}}");
    Pod stale = new PodBuilder(seen).editMetadata().addToLabels("x", "y").endMetadata().build();

    // When / Then
    assertThatThrownBy(() -> cluster.client().resource(stale).update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(409));
  }

  @Test
  void aChangeOfAnythingButImagesIsInvalid() {
    // Given
    cluster.createPausePod(name);

    // When / Then
    assertThatThrownBy(
            () ->
                patch(
                    PatchType.STRATEGIC_MERGE,
                    "{\"spec\":{\"containers\":[{\"name\":\"server\",\"command\":[\"x\"]}]}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(422);
              assertThat(refusal.getStatus().getReason()).isEqualTo("Invalid");
              assertThat(refusal.getMessage())
                  .contains("pod updates may not change fields other than");
            });
  }

  @Test
  void aContainerCannotBeAdded() {
    // Given
    cluster.createPausePod(name);

    // When / Then
    assertThatThrownBy(
            () ->
                patch(
                    PatchType.STRATEGIC_MERGE,
                    "{\"spec\":{\"containers\":[{\"name\":\"more\",\"image\":\"x\"}]}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(422));
  }

  @Test
  void aPatchOfAPodThatIsGoneIsNotFound() {
    // When / Then
    assertThatThrownBy(
            () -> patch(PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(404));
  }

  @Test
  void aPatchThatChangesNothingLeavesTheVersion() {
    // Given
    cluster.createPausePod(name);
    Pod before = cluster.awaitReady(name);

    // When
    Pod after =
        patch(PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"app\":\"%s\"}}}".formatted(name));

    // Then
    assertThat(after.getMetadata().getResourceVersion())
        .isEqualTo(before.getMetadata().getResourceVersion());
  }

  @Test
  void anotherImageRestartsTheContainerInThePodThatStays() {
    // Given
    cluster.createModelPod(name);
    Pod before = cluster.awaitReady(name);

    // When
    setImage(cluster.pauseImage());
    Pod during = await(pod -> restarts(pod) == 1 && !Cluster.ready(pod));
    setImage(cluster.modelImage());
    Pod after = await(pod -> restarts(pod) == 2 && Cluster.ready(pod));

    // Then
    assertThat(during.getStatus().getPhase()).isEqualTo("Running");
    assertThat(during.getStatus().getContainerStatuses().getFirst().getLastState().getTerminated())
        .isNotNull();
    assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    assertThat(after.getStatus().getPodIP()).isEqualTo(before.getStatus().getPodIP());
  }

  @Test
  void aRestartBecauseOfAnotherImageIsAnEvent() {
    // Given
    cluster.createModelPod(name);
    Pod pod = cluster.awaitReady(name);

    // When
    setImage(cluster.pauseImage());

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .client()
                            .v1()
                            .events()
                            .withField("involvedObject.uid", pod.getMetadata().getUid())
                            .list()
                            .getItems())
                    .anySatisfy(
                        event -> {
                          assertThat(event.getReason()).isEqualTo("Killing");
                          assertThat(event.getMessage())
                              .contains("definition changed, will be restarted");
                        }));
  }

  @Test
  void anImageThatCannotBePulledIsAWaitingContainer() {
    // Given
    cluster.createPausePod(name);
    cluster.awaitReady(name);

    // When
    setImage("greenstick.invalid/no-such-image:1");

    // Then
    Pod failed =
        await(pod -> waiting(pod).startsWith("ImagePull") || waiting(pod).startsWith("ErrImage"));
    assertThat(Cluster.ready(failed)).isFalse();
  }

  private void setImage(String image) {
    patch(
        PatchType.STRATEGIC_MERGE,
        "{\"spec\":{\"containers\":[{\"name\":\"server\",\"image\":\"%s\"}]}}".formatted(image));
  }

  private Pod await(java.util.function.Predicate<Pod> condition) {
    return cluster
        .client()
        .pods()
        .withName(name)
        .waitUntilCondition(
            pod -> pod != null && condition.test(pod), ClusterUnderTest.PATIENCE, TimeUnit.SECONDS);
  }

  private static int restarts(Pod pod) {
    return status(pod) == null ? 0 : status(pod).getRestartCount();
  }

  private static String waiting(Pod pod) {
    return status(pod) == null || status(pod).getState().getWaiting() == null
        ? ""
        : status(pod).getState().getWaiting().getReason();
  }

  private static ContainerStatus status(Pod pod) {
    return pod.getStatus().getContainerStatuses().isEmpty()
        ? null
        : pod.getStatus().getContainerStatuses().getFirst();
  }
}
