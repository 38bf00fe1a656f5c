package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.command.FaultInject;
import dev.greenstick.contracts.experiment.ChaosMesh;
import dev.greenstick.contracts.fault.FaultFailed;
import dev.greenstick.contracts.fault.FaultInjected;
import dev.greenstick.contracts.fault.FaultRefused;
import dev.greenstick.contracts.fault.FaultReverted;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.injector.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Chaos Mesh's resources through a real API server, under the role that ships. What Chaos Mesh's
 * controller would do to them, the test does: finalizer, status, and letting go.
 */
class ChaosMeshTest {

  private static final Duration DURATION = Duration.ofSeconds(30);
  private static final String FINALIZER = "chaos-mesh/records";

  private final TestCluster cluster = TestCluster.start();
  private final Set<String> used = new ConcurrentSkipListSet<>();
  private final KubernetesClient client = cluster.injector(AccessTest.recording(used));
  private final World world =
      new World(
          new KubernetesPods(client),
          new KubernetesResources(client),
          new KubernetesContainers(client),
          new ConfigMapLedger(client, "greenstick"),
          "default");
  private int runs;

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  private void install(ChaosMesh.Kind kind) {
    String plural = kind.text().toLowerCase(Locale.ROOT);
    ObjectNode definition = Json.mapper().createObjectNode();
    definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    definition.putObject("metadata").put("name", plural + ".chaos-mesh.org");
    ObjectNode spec = definition.putObject("spec");
    spec.put("group", "chaos-mesh.org").put("scope", "Namespaced");
    spec.putObject("names")
        .put("kind", kind.text())
        .put("plural", plural)
        .put("singular", plural)
        .put("listKind", kind.text() + "List");
    ObjectNode version = spec.putArray("versions").addObject();
    version.put("name", "v1alpha1").put("served", true).put("storage", true);
    version
        .putObject("schema")
        .putObject("openAPIV3Schema")
        .put("type", "object")
        .put("x-kubernetes-preserve-unknown-fields", true);
    cluster
        .admin()
        .resource(Json.mapper().convertValue(definition, GenericKubernetesResource.class))
        .create();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              var served = cluster.admin().getApiResources("chaos-mesh.org/v1alpha1");
              return served != null
                  && served.getResources().stream().anyMatch(each -> each.getName().equals(plural));
            });
  }

  private Resource<GenericKubernetesResource> resource(ChaosMesh.Kind kind, FaultId fault) {
    return cluster
        .admin()
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup("chaos-mesh.org")
                .withVersion("v1alpha1")
                .withKind(kind.text())
                .withPlural(kind.text().toLowerCase(Locale.ROOT))
                .withNamespaced(true)
                .build())
        .inNamespace("default")
        .withName("greenstick-" + fault);
  }

  private static ChaosMesh spec(ChaosMesh.Kind kind) {
    return new ChaosMesh(
        kind,
        Map.of(
            "mode",
            "one",
            "duration",
            "30s",
            "selector",
            Map.of("namespaces", List.of("default"), "labelSelectors", Map.of("app", "mesh"))));
  }

  private FaultInject inject(ChaosMesh.Kind kind) {
    RunRef run =
        RunRef.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(++runs));
    FaultId fault = FaultId.of(run.id(), Examples.STEP, 0, 0);
    return new FaultInject(
        CommandId.of(run.id(), "fault.inject", fault.toString()),
        run,
        world.now().plusSeconds(20),
        fault,
        Examples.STEP,
        spec(kind));
  }

  private static void patch(Resource<GenericKubernetesResource> resource, String merge) {
    resource.patch(PatchContext.of(PatchType.JSON_MERGE), merge);
  }

  private void runs(ChaosMesh.Kind kind, PodRef chosen) {
    FaultInject command = inject(kind);
    Resource<GenericKubernetesResource> resource = resource(kind, command.fault());
    int injected = world.emitted(FaultInjected.class).size();
    int reverted = world.emitted(FaultReverted.class).size();

    // Created, and Chaos Mesh is not done yet.
    assertThat(world.deliver(command)).isTrue();
    world.settle();
    assertThat(resource.get()).as("%s: %s", kind, world.emitted).isNotNull();
    assertThat(resource.get().<String>get("spec", "duration")).isEqualTo("30s");
    assertThat(world.emitted(FaultInjected.class)).hasSize(injected);

    // Chaos Mesh has injected it into one of the two.
    patch(
        resource,
        """
        {"metadata": {"finalizers": ["%s"]},
         "status": {"conditions": [{"type": "AllInjected", "status": "True"}],
                    "experiment": {"containerRecords": [{"id": "%s/server"}]}}}
        """
            .formatted(FINALIZER, chosen));
    world.pass(Duration.ofSeconds(2));
    assertThat(world.emitted(FaultInjected.class)).hasSize(injected + 1);
    assertThat(world.emitted(FaultInjected.class).getLast().pods()).containsExactly(chosen);

    // Over, but Chaos Mesh has not recovered it.
    world.pass(DURATION);
    assertThat(resource.get().getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(world.emitted(FaultReverted.class)).hasSize(reverted);

    // It has.
    patch(resource, "{\"metadata\": {\"finalizers\": null}}");
    assertThat(resource.get()).isNull();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.emitted(FaultReverted.class)).hasSize(reverted + 1);
  }

  @Test
  void without_its_definitions_it_is_refused_with_the_reason() {
    // Given
    cluster.make("default", "mesh", Map.of("app", "mesh"));

    // When
    assertThat(world.deliver(inject(ChaosMesh.Kind.STRESS_CHAOS))).isTrue();
    world.settle();

    // Then
    assertThat(world.emitted(FaultRefused.class).getFirst().problems())
        .singleElement()
        .asString()
        .contains("Chaos Mesh is not installed", "chaos-mesh.org/v1alpha1 StressChaos");
  }

  @Test
  void every_kind_is_created_followed_and_deleted_with_the_verbs_that_are_granted()
      throws IOException {
    // Given
    PodRef chosen = cluster.make("default", "mesh", Map.of("app", "mesh"));
    cluster.make("default", "mesh", Map.of("app", "mesh"));
    for (ChaosMesh.Kind kind : ChaosMesh.Kind.values()) {
      install(kind);
    }

    // When
    for (ChaosMesh.Kind kind : ChaosMesh.Kind.values()) {
      runs(kind, chosen);
    }
    world.sweep();

    // Then
    used.removeIf(each -> !each.contains("chaos "));
    assertThat(used).containsExactlyElementsOf(granted());
  }

  private Set<String> granted() throws IOException {
    JsonNode role =
        Json.mapper()
            .readTree(
                cluster
                    .admin()
                    .raw(
                        "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles/greenstick-chaos-mesh"));
    Set<String> granted = new TreeSet<>();
    role.path("rules").forEach(rule -> granted.addAll(AccessTest.granted(rule, "default")));
    return granted;
  }

  @Test
  void what_chaos_mesh_cannot_inject_fails_with_its_reason_and_is_deleted() {
    // Given
    cluster.make("default", "mesh", Map.of("app", "mesh"));
    install(ChaosMesh.Kind.IO_CHAOS);
    FaultInject command = inject(ChaosMesh.Kind.IO_CHAOS);
    Resource<GenericKubernetesResource> resource =
        resource(ChaosMesh.Kind.IO_CHAOS, command.fault());
    assertThat(world.deliver(command)).isTrue();
    world.settle();

    // When
    patch(
        resource,
        """
        {"status": {"conditions": [{"type": "AllInjected", "status": "False"}],
                    "experiment": {"containerRecords": [{"id": "default/x/server", "events": [
                      {"type": "Failed", "operation": "Apply", "message": "toda startup failed"}]}]}}}
        """);
    world.pass(Duration.ofMinutes(1));

    // Then
    assertThat(world.emitted(FaultFailed.class))
        .singleElement()
        .extracting(FaultFailed::reason)
        .asString()
        .contains("toda startup failed");
    assertThat(resource.get()).isNull();
  }
}
