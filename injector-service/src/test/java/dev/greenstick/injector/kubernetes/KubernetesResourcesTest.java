package dev.greenstick.injector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.injector.cluster.ClusterException;
import dev.greenstick.injector.cluster.ResourceRef;
import dev.greenstick.injector.cluster.ResourceType;
import dev.greenstick.injector.cluster.Resources;
import dev.greenstick.injector.cluster.ResourcesContract;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;

/**
 * Against the sandbox's API server, as one who may do everything: the contract patches policies.
 */
class KubernetesResourcesTest extends ResourcesContract {

  private final TestCluster cluster = TestCluster.shared();

  @Override
  protected Resources resources() {
    return new KubernetesResources(cluster.admin());
  }

  @Test
  void nodes_without_the_role_are_denied_with_what_to_grant() {
    // Given
    try (KubernetesClient nobody =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(cluster.admin().getConfiguration())
                    .withImpersonateUsername("nobody")
                    .build())
            .build()) {
      Resources resources = new KubernetesResources(nobody);
      ResourceRef node = new ResourceRef(ResourceType.NODE, "", "node-1", "");

      // When / Then
      assertThatThrownBy(() -> resources.list(ResourceType.NODE, "", "gpu=yes"))
          .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.passing()).isFalse())
          .hasMessageContaining("deploy/kubernetes/injector-nodes.yaml");
      assertThatThrownBy(() -> resources.get(node))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("deploy/kubernetes/injector-nodes.yaml");
    }
  }
}
