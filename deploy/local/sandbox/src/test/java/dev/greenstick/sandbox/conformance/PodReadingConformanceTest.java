package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Choosing pods: labels, fields, pages. */
@ExtendWith(ClusterUnderTest.class)
class PodReadingConformanceTest {

  private final Cluster cluster;
  private String first;
  private String second;

  PodReadingConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void createPods() {
    first = cluster.name("read");
    second = cluster.name("read");
    cluster.createPausePod(first);
    cluster.createPausePod(second);
  }

  @AfterEach
  void removePods() {
    cluster.remove(first);
    cluster.remove(second);
  }

  private static List<String> names(PodList pods) {
    return pods.getItems().stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  @Test
  void aLabelChoosesThePodsThatCarryIt() {
    // When
    PodList found = cluster.client().pods().withLabel("app", first).list();

    // Then
    assertThat(names(found)).containsExactly(first);
  }

  @Test
  void aSetOfValuesChoosesPodsWithAnyOfThem() {
    // When
    PodList found = cluster.client().pods().withLabelIn("app", first, second, "nobody").list();

    // Then
    assertThat(names(found)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void anExcludedValueLeavesThePodsWithoutIt() {
    // When
    PodList found =
        cluster
            .client()
            .pods()
            .withLabelIn("app", first, second)
            .withLabelNotIn("app", first)
            .list();

    // Then
    assertThat(names(found)).containsExactly(second);
  }

  @Test
  void presenceAndAbsenceOfALabelChoose() {
    // When
    PodList found =
        cluster
            .client()
            .pods()
            .withLabelIn("app", first, second)
            .withLabel("app")
            .withoutLabel("nobody-has-this")
            .list();

    // Then
    assertThat(names(found)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aNameAsFieldChoosesOnePod() {
    // When
    PodList found = cluster.client().pods().withField("metadata.name", second).list();

    // Then
    assertThat(names(found)).containsExactly(second);
  }

  @Test
  void aPhaseAsFieldChoosesThePodsInIt() {
    // Given
    cluster.awaitReady(first);

    // When
    PodList running =
        cluster.client().pods().withLabel("app", first).withField("status.phase", "Running").list();
    PodList others =
        cluster
            .client()
            .pods()
            .withLabel("app", first)
            .withoutField("status.phase", "Running")
            .list();

    // Then
    assertThat(names(running)).containsExactly(first);
    assertThat(names(others)).isEmpty();
  }

  @Test
  void aNodeAsFieldChoosesThePodsOnIt() {
    // Given
    Pod pod = cluster.awaitReady(first);

    // When
    PodList found =
        cluster
            .client()
            .pods()
            .withLabel("app", first)
            .withField("spec.nodeName", pod.getSpec().getNodeName())
            .list();

    // Then
    assertThat(names(found)).containsExactly(first);
  }

  @Test
  void aFieldThatIsNotIndexedIsRefused() {
    // When / Then
    assertThatThrownBy(() -> cluster.client().pods().withField("spec.dnsPolicy", "Default").list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(400));
  }

  @Test
  void aLongListComesInPagesWithoutLossOrRepetition() {
    // When
    List<String> found = new ArrayList<>();
    String next = null;
    int pages = 0;
    do {
      PodList page =
          cluster
              .client()
              .pods()
              .withLabelIn("app", first, second)
              .list(new ListOptionsBuilder().withLimit(1L).withContinue(next).build());
      found.addAll(names(page));
      next = page.getMetadata().getContinue();
      pages++;
    } while (next != null && !next.isEmpty());

    // Then
    assertThat(found).containsExactlyInAnyOrder(first, second);
    assertThat(pages).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aPodThatDoesNotExistIsNull() {
    // When / Then
    assertThat(cluster.client().pods().withName(cluster.name("nobody")).get()).isNull();
  }

  @Test
  void aRunningPodSaysWhereItRunsAndSinceWhen() {
    // When
    Pod pod = cluster.awaitReady(first);

    // Then
    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    assertThat(pod.getStatus().getPodIP()).isNotBlank();
    assertThat(pod.getStatus().getHostIP()).isNotBlank();
    assertThat(pod.getStatus().getStartTime()).isNotBlank();
    assertThat(pod.getSpec().getNodeName()).isNotBlank();
    assertThat(pod.getMetadata().getUid()).isNotBlank();
    assertThat(pod.getStatus().getContainerStatuses())
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.getState().getRunning().getStartedAt()).isNotBlank();
              assertThat(container.getRestartCount()).isZero();
              assertThat(container.getImageID()).isNotBlank();
            });
    assertThat(pod.getStatus().getConditions())
        .allSatisfy(condition -> assertThat(condition.getLastTransitionTime()).isNotBlank());
  }
}
