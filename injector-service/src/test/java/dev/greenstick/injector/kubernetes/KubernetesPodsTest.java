package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.Pods;
import dev.greenstick.injector.cluster.PodsContract;
import dev.greenstick.injector.target.Pod;
import dev.greenstick.injector.target.PodQuery;
import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.api.Interference.Mishap.Answered;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Against the sandbox's API server, as the service account that ships, in pages of two. */
class KubernetesPodsTest extends PodsContract {

  private final TestCluster cluster = TestCluster.shared();

  @Override
  protected Pods pods() {
    return new KubernetesPods(cluster.injector(), 2);
  }

  @Override
  protected PodRef make(String name, Map<String, String> labels) {
    return cluster.make("default", name, labels);
  }

  @Override
  protected void touch(PodRef pod) {
    cluster
        .admin()
        .pods()
        .inNamespace(pod.namespace())
        .withName(pod.name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}");
  }

  @Test
  void set_based_selectors_are_the_api_servers() {
    // Given
    PodRef pod = make("sets", Map.of("set", "a"));
    PodRef other = make("sets", Map.of("set", "c"));
    PodQuery query = new PodQuery("default", "set in (a,b),!nothing", "", List.of());

    // When
    List<Pod> found = pods().list(query);

    // Then
    assertThat(found).extracting(Pod::ref).contains(pod).doesNotContain(other);
  }

  @Test
  void field_selectors_are_the_api_servers() {
    // Given
    PodRef pod = make("fields", Map.of());
    PodQuery query = new PodQuery("default", "", "metadata.name=" + pod.name(), List.of());

    // When
    List<Pod> found = pods().list(query);

    // Then
    assertThat(found).extracting(Pod::ref).containsExactly(pod);
  }

  @DisabledIfSystemProperty(
      named = "greenstick.kubeconfig",
      matches = ".+",
      disabledReason = "an API server that exists cannot be made to conflict")
  @Test
  void eviction_that_conflicts_with_another_write_is_not_taken_for_done() {
    // Given
    PodRef pod = make("contended", Map.of());
    cluster.interfere(
        (method, uri) ->
            uri.contains("/eviction")
                ? new Answered(409, "Conflict")
                : new Interference.Mishap.None());

    // When / Then
    try {
      assertThatThrownBy(() -> pods().evict(pod, 0L))
          .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isTrue());
      assertThat(pods().get(pod)).isPresent();
    } finally {
      cluster.interfere(Interference.NONE);
    }
  }

  @Test
  void field_that_the_api_server_does_not_know_is_refused_for_good() {
    // Given
    PodQuery query = new PodQuery("default", "", "spec.colour=green", List.of());

    // When / Then
    assertThatThrownBy(() -> pods().list(query))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isFalse());
  }

  @Test
  void namespace_without_the_role_is_denied_with_what_to_grant() {
    // Given
    PodRef pod = cluster.make("fenced", "fenced", Map.of());

    // When / Then
    assertThatThrownBy(() -> pods().delete(pod, 0))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("delete pod fenced/" + pod.name())
        .hasMessageContaining("deploy/kubernetes/injector-access.yaml");
    assertThatThrownBy(() -> pods().list(PodQuery.labelled("fenced", "app")))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isFalse());
  }
}
