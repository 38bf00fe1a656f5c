package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who serves: a service's endpoints follow the readiness of its pods. */
@ExtendWith(ClusterUnderTest.class)
class ServingConformanceTest {

  private final Cluster cluster;
  private String name;

  ServingConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void serve() {
    name = cluster.name("serve");
    cluster
        .client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", name))
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build())
        .create();
    cluster.createModelPod(name);
  }

  @AfterEach
  void remove() {
    cluster.client().services().withName(name).delete();
    cluster.remove(name);
  }

  private List<Endpoint> readyEndpoints() {
    return cluster
        .client()
        .discovery()
        .v1()
        .endpointSlices()
        .withLabel("kubernetes.io/service-name", name)
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
        .toList();
  }

  private void awaitEndpoints(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .untilAsserted(() -> assertThat(readyEndpoints()).hasSize(count));
  }

  @Test
  void aReadyPodIsAnEndpoint() {
    // When
    Pod pod = cluster.awaitReady(name);

    // Then
    awaitEndpoints(1);
    assertThat(readyEndpoints().getFirst().getAddresses())
        .containsExactly(pod.getStatus().getPodIP());
    assertThat(readyEndpoints().getFirst().getTargetRef().getUid())
        .isEqualTo(pod.getMetadata().getUid());
  }

  @Test
  void aPausedPodIsNoEndpointUntilItServesAgain() {
    // Given
    cluster.awaitReady(name);
    awaitEndpoints(1);

    // When
    setImage(cluster.pauseImage());
    awaitEndpoints(0);
    setImage(cluster.modelImage());

    // Then
    awaitEndpoints(1);
  }

  @Test
  void aDeletedPodIsNoEndpoint() {
    // Given
    cluster.awaitReady(name);
    awaitEndpoints(1);

    // When
    cluster.client().pods().withName(name).delete();

    // Then
    awaitEndpoints(0);
  }

  private void setImage(String image) {
    cluster
        .client()
        .pods()
        .withName(name)
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"spec\":{\"containers\":[{\"name\":\"server\",\"image\":\"%s\"}]}}"
                .formatted(image));
  }
}
