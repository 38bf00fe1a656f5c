package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kinds that a definition adds while the cluster runs. */
@ExtendWith(ClusterUnderTest.class)
class CustomResourceConformanceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(ClusterUnderTest.PATIENCE);

  private final Cluster cluster;
  private final String plural;
  private final String group = "conformance.example.com";
  private final String version = group + "/v1alpha1";

  CustomResourceConformanceTest(Cluster cluster) {
    this.cluster = cluster;
    this.plural = cluster.name("things").replace("-", "");
  }

  private CustomResourceDefinition definition() {
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName(plural + "." + group)
        .endMetadata()
        .withNewSpec()
        .withGroup(group)
        .withScope("Namespaced")
        .withNewNames()
        .withKind(kind())
        .withListKind(kind() + "List")
        .withPlural(plural)
        .withSingular(plural)
        .endNames()
        .addNewVersion()
        .withName("v1alpha1")
        .withServed(true)
        .withStorage(true)
        .withNewSubresources()
        .withNewStatus()
        .endStatus()
        .endSubresources()
        .withNewSchema()
        .withNewOpenAPIV3Schema()
        .withType("object")
        .withXKubernetesPreserveUnknownFields(true)
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }

  private String kind() {
    return "T" + plural.substring(1);
  }

  @BeforeEach
  void define() {
    cluster.client().resource(definition()).create();
    Awaitility.await().atMost(PATIENCE).until(this::isServed);
  }

  @AfterEach
  void remove() {
    cluster.client().resource(definition()).delete();
    Awaitility.await().atMost(PATIENCE).until(() -> !isServed());
  }

  private boolean isServed() {
    var served = cluster.client().getApiResources(version);
    return served != null
        && served.getResources().stream().anyMatch(each -> each.getName().equals(plural));
  }

  private MixedOperation<
          GenericKubernetesResource,
          io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      things() {
    return cluster
        .client()
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1alpha1")
                .withKind(kind())
                .withPlural(plural)
                .withNamespaced(true)
                .build());
  }

  private GenericKubernetesResource create(String name, String... finalizers) {
    return things()
        .inNamespace(cluster.namespace())
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion(version)
                .withKind(kind())
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .withFinalizers(finalizers)
                .addToLabels("colour", "green")
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("size", 3, "parts", Map.of("a", "b")))
                .build())
        .create();
  }

  private Resource<GenericKubernetesResource> thing(String name) {
    return things().inNamespace(cluster.namespace()).withName(name);
  }

  @Test
  void resourceIsKeptListedWatchedAndChanged() throws Exception {
    // Given
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (Watch watching =
        things()
            .inNamespace(cluster.namespace())
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, GenericKubernetesResource resource) {
                    if (action == Action.MODIFIED) {
                      seen.complete(resource.getMetadata().getName());
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                })) {
      assertThat(watching).isNotNull();
      GenericKubernetesResource made = create("one");

      // When
      thing("one").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"size\":4}}");

      // Then
      assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
      assertThat(thing("one").get().<Integer>get("spec", "size")).isEqualTo(4);
      assertThat(thing("one").get().<String>get("spec", "parts", "a")).isEqualTo("b");
      assertThat(thing("one").get().getMetadata().getGeneration()).isEqualTo(2);
      assertThat(
              things()
                  .inNamespace(cluster.namespace())
                  .withLabel("colour", "green")
                  .list()
                  .getItems())
          .hasSize(1);
      assertThat(seen.get(ClusterUnderTest.PATIENCE, TimeUnit.SECONDS)).isEqualTo("one");
    }
  }

  @Test
  void statusIsWrittenApartFromTheRest() {
    // Given
    create("two");

    // When
    thing("two")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Ignored\"}}");
    thing("two")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"size\":9},\"status\":{\"phase\":\"Done\"}}");

    // Then
    assertThat(thing("two").get().<String>get("status", "phase")).isEqualTo("Done");
    assertThat(thing("two").get().<Integer>get("spec", "size")).isEqualTo(3);
  }

  @Test
  void finalizerKeepsADeletedResourceUntilItIsTakenOff() {
    // Given
    create("three", "example.com/finish");

    // When
    thing("three").delete();
    GenericKubernetesResource meanwhile = thing("three").get();
    thing("three")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");

    // Then
    assertThat(meanwhile.getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(thing("three").get()).isNull();
  }

  @Test
  void strategicMergeIsNotForCustomResources() {
    // Given
    create("four");

    // When / Then
    assertThatThrownBy(
            () ->
                thing("four")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"spec\":{\"size\":4}}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(415));
  }

  @Test
  void deletingTheDefinitionDeletesItsResources() {
    // Given
    create("five");

    // When
    remove();
    boolean servedMeanwhile = isServed();
    define();

    // Then
    assertThat(servedMeanwhile).isFalse();
    assertThat(things().inNamespace(cluster.namespace()).list().getItems()).isEmpty();
  }
}
