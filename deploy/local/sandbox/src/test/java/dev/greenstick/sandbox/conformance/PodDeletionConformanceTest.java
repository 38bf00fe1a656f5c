package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deleting pods: who is meant, how much time they get, who replaces them, who forbids it. */
@ExtendWith(ClusterUnderTest.class)
class PodDeletionConformanceTest {

  private final Cluster cluster;
  private String name;

  PodDeletionConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void nameThePod() {
    name = cluster.name("delete");
  }

  @AfterEach
  void removeAll() {
    cluster.client().apps().deployments().withName(name).delete();
    cluster.client().policy().v1().podDisruptionBudget().withName(name).delete();
    cluster.remove(name);
  }

  private String path(String pod) {
    return "/api/v1/namespaces/%s/pods/%s".formatted(cluster.namespace(), pod);
  }

  private void delete(String pod, String body) {
    cluster.client().raw(path(pod), "DELETE", body);
  }

  private void awaitGone(String uid) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .until(
            () -> {
              Pod pod = cluster.client().pods().withName(name).get();
              return pod == null || !pod.getMetadata().getUid().equals(uid);
            });
  }

  @Test
  void anotherUidAsPreconditionConflictsAndDeletesNothing() {
    // Given
    Pod pod = cluster.createPausePod(name);

    // When / Then
    assertThatThrownBy(
            () ->
                delete(
                    name, "{\"preconditions\":{\"uid\":\"3c1f0f5e-0000-4000-8000-000000000000\"}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(409);
              assertThat(refusal.getMessage()).contains("UID in precondition");
            });
    assertThat(cluster.client().pods().withName(name).get().getMetadata().getDeletionTimestamp())
        .isNull();
    assertThat(pod.getMetadata().getUid()).isNotBlank();
  }

  @Test
  void anotherVersionAsPreconditionConflicts() {
    // Given
    cluster.createPausePod(name);
    cluster.awaitReady(name);

    // When / Then
    assertThatThrownBy(() -> delete(name, "{\"preconditions\":{\"resourceVersion\":\"1\"}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(409));
  }

  @Test
  void theRightUidDeletes() {
    // Given
    Pod pod = cluster.createPausePod(name);

    // When
    delete(
        name,
        "{\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"%s\"}}"
            .formatted(pod.getMetadata().getUid()));

    // Then
    awaitGone(pod.getMetadata().getUid());
  }

  @Test
  void aPodIsTerminatingBeforeItIsGone() {
    // Given
    cluster.createModelPod(name);
    Pod before = cluster.awaitReady(name);

    // When
    cluster.client().pods().withName(name).withGracePeriod(5).delete();

    // Then
    Pod terminating = cluster.client().pods().withName(name).get();
    if (terminating != null) {
      assertThat(terminating.getMetadata().getDeletionTimestamp()).isNotNull();
      assertThat(terminating.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(5);
    }
    awaitGone(before.getMetadata().getUid());
  }

  @Test
  void deletingAPodThatIsGoneIsNotFound() {
    // When / Then
    assertThatThrownBy(() -> delete(name, "{}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(404);
              assertThat(refusal.getStatus().getReason()).isEqualTo("NotFound");
            });
  }

  @Test
  void aDeletedPodOfADeploymentIsReplacedByAnotherOne() {
    // Given
    deploy(2);
    List<Pod> before = awaitReady(2);
    Set<String> uids = uids(before);

    // When
    cluster.client().pods().withName(before.getFirst().getMetadata().getName()).delete();

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .untilAsserted(
            () -> {
              List<Pod> now = readyPods();
              assertThat(now).hasSize(2);
              assertThat(uids(now)).doesNotContain(before.getFirst().getMetadata().getUid());
            });
    assertThat(uids(readyPods())).containsAnyElementsOf(uids);
  }

  @Test
  void aDeploymentIsScaledThroughItsScale() {
    // Given
    deploy(1);
    awaitReady(1);

    // When
    cluster.client().apps().deployments().withName(name).scale(2);

    // Then
    awaitReady(2);
    Deployment deployment = cluster.client().apps().deployments().withName(name).get();
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
  }

  @Test
  void aDeletedDeploymentTakesItsPodsAlong() {
    // Given
    deploy(1);
    awaitReady(1);

    // When
    cluster.client().apps().deployments().withName(name).delete();

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .until(() -> cluster.client().pods().withLabel("app", name).list().getItems().isEmpty());
  }

  @Test
  void anEvictionThatTheBudgetForbidsIsTooManyRequests() {
    // Given
    deploy(1);
    Pod pod = awaitReady(1).getFirst();
    budget(1);

    // When / Then
    assertThatThrownBy(() -> evict(pod))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(429);
              assertThat(refusal.getMessage()).contains("disruption budget");
            });
    assertThat(
            cluster
                .client()
                .pods()
                .withName(pod.getMetadata().getName())
                .get()
                .getMetadata()
                .getDeletionTimestamp())
        .isNull();
  }

  @Test
  void anEvictionThatTheBudgetAllowsDeletes() {
    // Given
    deploy(2);
    Pod pod = awaitReady(2).getFirst();
    budget(1);

    // When
    evict(pod);

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .until(() -> cluster.client().pods().withName(pod.getMetadata().getName()).get() == null);
  }

  private void evict(Pod pod) {
    cluster
        .client()
        .raw(
            path(pod.getMetadata().getName()) + "/eviction",
            "POST",
            new EvictionBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withDeleteOptions(
                    new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .build())
                .build());
  }

  private void budget(int healthy) {
    cluster
        .client()
        .resource(
            new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(new IntOrString(healthy))
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .endSpec()
                .build())
        .create();
    cluster
        .client()
        .policy()
        .v1()
        .podDisruptionBudget()
        .withName(name)
        .waitUntilCondition(
            budget ->
                budget != null
                    && budget.getStatus() != null
                    && budget.getStatus().getCurrentHealthy() != null
                    && budget.getStatus().getCurrentHealthy() >= healthy,
            ClusterUnderTest.PATIENCE,
            TimeUnit.SECONDS);
  }

  private void deploy(int replicas) {
    cluster
        .client()
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withSpec(cluster.modelSpec())
                .endTemplate()
                .endSpec()
                .build())
        .create();
  }

  private List<Pod> readyPods() {
    return cluster.client().pods().withLabel("app", name).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Cluster::ready)
        .toList();
  }

  private List<Pod> awaitReady(int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .until(this::readyPods, pods -> pods.size() == count);
  }

  private static Set<String> uids(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
  }
}
