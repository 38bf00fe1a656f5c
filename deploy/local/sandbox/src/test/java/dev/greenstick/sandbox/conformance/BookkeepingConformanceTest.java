package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents keep in the cluster: config maps, leases, events. */
@ExtendWith(ClusterUnderTest.class)
class BookkeepingConformanceTest {

  private final Cluster cluster;
  private String name;

  BookkeepingConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void nameTheObjects() {
    name = cluster.name("keep");
  }

  @AfterEach
  void removeObjects() {
    cluster.client().configMaps().withName(name).delete();
    cluster.client().leases().withName(name).delete();
    cluster.client().v1().events().withName(name).delete();
    cluster.remove(name);
  }

  private ConfigMap configMap(String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(cluster.namespace())
        .endMetadata()
        .withData(Map.of("v", value))
        .build();
  }

  @Test
  void aConfigMapIsCreatedOnce() {
    // Given
    cluster.client().resource(configMap("1")).create();

    // When / Then
    assertThatThrownBy(() -> cluster.client().resource(configMap("2")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(409);
              assertThat(refusal.getStatus().getReason()).isEqualTo("AlreadyExists");
            });
  }

  @Test
  void anUpdateOfTheVersionSeenSucceeds() {
    // Given
    ConfigMap seen = cluster.client().resource(configMap("1")).create();

    // When
    ConfigMap updated =
        cluster
            .client()
            .resource(new ConfigMapBuilder(seen).withData(Map.of("v", "2")).build())
            .update();

    // Then
    assertThat(updated.getData()).containsEntry("v", "2");
    assertThat(updated.getMetadata().getResourceVersion())
        .isNotEqualTo(seen.getMetadata().getResourceVersion());
  }

  @Test
  void anUpdateOfAnOlderVersionConflicts() {
    // Given
    ConfigMap seen = cluster.client().resource(configMap("1")).create();
    cluster
        .client()
        .resource(new ConfigMapBuilder(seen).withData(Map.of("v", "2")).build())
        .update();

    // When / Then
    assertThatThrownBy(
            () ->
                cluster
                    .client()
                    .resource(new ConfigMapBuilder(seen).withData(Map.of("v", "3")).build())
                    .update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(409));
  }

  @Test
  void aMissingConfigMapIsNull() {
    // When / Then
    assertThat(cluster.client().configMaps().withName(name).get()).isNull();
  }

  @Test
  void aNameThatIsNoNameIsInvalid() {
    // Given
    ConfigMap bad =
        new ConfigMapBuilder(configMap("1"))
            .editMetadata()
            .withName("Not_A_Name")
            .endMetadata()
            .build();

    // When / Then
    assertThatThrownBy(() -> cluster.client().resource(bad).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(422));
  }

  @Test
  void anUpdateOfAConfigMapThatIsGoneIsNotFound() {
    // When / Then
    assertThatThrownBy(() -> cluster.client().resource(configMap("1")).update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(404));
  }

  @Test
  void whatAManagerNoLongerAppliesIsRemoved() {
    // Given
    ConfigMap both = new ConfigMapBuilder(configMap("1")).addToData("w", "1").build();
    cluster.client().resource(both).fieldManager("greenstick").serverSideApply();

    // When
    ConfigMap applied =
        cluster.client().resource(configMap("2")).fieldManager("greenstick").serverSideApply();

    // Then
    assertThat(applied.getData()).containsExactlyEntriesOf(Map.of("v", "2"));
  }

  @Test
  void whatAnotherManagerAppliedIsAConflict() {
    // Given
    cluster.client().resource(configMap("1")).fieldManager("one").serverSideApply();

    // When / Then
    assertThatThrownBy(
            () ->
                cluster
                    .client()
                    .configMaps()
                    .withName(name)
                    .patch(
                        new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager("another")
                            .withForce(false)
                            .build(),
                        configMap("2")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(409));
  }

  @Test
  void aLeaseIsTakenByTheFirstWhoUpdatesIt() {
    // Given
    Lease free = cluster.client().resource(lease("nobody")).create();
    cluster
        .client()
        .resource(new LeaseBuilder(free).editSpec().withHolderIdentity("first").endSpec().build())
        .update();

    // When / Then
    assertThatThrownBy(
            () ->
                cluster
                    .client()
                    .resource(
                        new LeaseBuilder(free)
                            .editSpec()
                            .withHolderIdentity("second")
                            .endSpec()
                            .build())
                    .update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(409));
    assertThat(cluster.client().leases().withName(name).get().getSpec().getHolderIdentity())
        .isEqualTo("first");
  }

  private Lease lease(String holder) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(cluster.namespace())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(15)
        .withRenewTime(Instant.parse("2026-01-01T00:00:00.123456Z").atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }

  @Test
  void anEventIsFoundByTheObjectItIsAbout() {
    // Given
    Pod pod = cluster.createPausePod(name);
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(cluster.namespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(name)
            .withNamespace(cluster.namespace())
            .withUid(pod.getMetadata().getUid())
            .endInvolvedObject()
            .withType("Normal")
            .withReason("GreenstickFault")
            .withMessage("pod-failure begins")
            .withFirstTimestamp("2026-01-01T00:00:00Z")
            .withLastTimestamp("2026-01-01T00:00:00Z")
            .withCount(1)
            .build();

    // When
    cluster.client().resource(event).create();

    // Then
    assertThat(
            cluster
                .client()
                .v1()
                .events()
                .withField("involvedObject.uid", pod.getMetadata().getUid())
                .withField("reason", "GreenstickFault")
                .list()
                .getItems())
        .singleElement()
        .satisfies(found -> assertThat(found.getMessage()).isEqualTo("pod-failure begins"));
  }
}
