package dev.greenstick.injector.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FenceTest {

  @Test
  void nothing_may_be_touched_by_default() {
    assertThat(new Fence(Set.of()).problems(Selector.ofNamespaces("default")))
        .extracting(Problem::message)
        .containsExactly(
            "this injector may touch no namespace: set greenstick.injector.namespaces");
  }

  @Test
  void namespaces_that_are_not_allowed_are_all_reported_at_their_places() {
    // Given
    Fence fence = new Fence(Set.of("default"));

    // When
    List<Problem> problems =
        fence.problems(Selector.ofNamespaces("default", "payments", "kube-system"));

    // Then
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "selector.namespaces[1]: namespace payments is not allowed on this cluster:"
                + " greenstick.injector.namespaces allows default",
            "selector.namespaces[2]: namespace kube-system belongs to the cluster and is never"
                + " touched");
  }

  @Test
  void pods_by_name_are_fenced_as_well() {
    // Given
    Selector selector =
        new Selector(
            List.of("default"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of("payments", List.of("till-1")));

    // When
    List<Problem> problems = new Fence(Set.of("default")).problems(selector);

    // Then
    assertThat(problems).extracting(Problem::path).containsExactly("selector.pods.payments");
  }

  @Test
  void namespaces_of_the_cluster_are_closed_even_when_allowed() {
    // Given
    Fence fence = new Fence(Set.of("kube-system", "default"));

    // When
    List<Problem> problems = fence.problems(Selector.ofNamespaces("kube-system"));

    // Then
    assertThat(fence.open()).containsExactly("default");
    assertThat(problems).hasSize(1);
  }

  @Test
  void allowed_namespace_is_no_problem() {
    assertThat(new Fence(Set.of("default")).problems(Selector.ofNamespaces("default"))).isEmpty();
  }
}
