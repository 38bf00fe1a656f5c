package dev.greenstick.probe.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.experiment.PodChaos.Operator;
import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private static Selector selector(
      List<String> namespaces,
      Map<String, String> labels,
      List<Requirement> expressions,
      Map<String, List<String>> pods) {
    return new Selector(namespaces, labels, expressions, null, null, null, null, null, pods);
  }

  @Test
  void namespacesAreWatchedOneByOneAndTheSameOneOnce() {
    assertThat(Scope.of(List.of(Selector.ofNamespaces("a", "b"), Selector.ofNamespaces("b"))))
        .containsExactly(new Scope("a", "", Set.of()), new Scope("b", "", Set.of()));
  }

  @Test
  void labelsAndExpressionsAreAskedOfTheApiServer() {
    // Given
    Selector selector =
        selector(
            List.of("a"),
            Map.of("app", "model"),
            List.of(
                new Requirement("tier", Operator.IN, List.of("y", "x")),
                new Requirement("env", Operator.NOT_IN, List.of("prod")),
                new Requirement("gpu", Operator.EXISTS, null),
                new Requirement("old", Operator.DOES_NOT_EXIST, null)),
            null);

    // When, Then
    assertThat(Scope.of(List.of(selector)))
        .containsExactly(
            new Scope("a", "!old,app=model,env notin (prod),gpu,tier in (x,y)", Set.of()));
  }

  @Test
  void namedPodsOverrideTheRest() {
    // Given
    Selector selector =
        selector(List.of("a"), Map.of("app", "model"), null, Map.of("b", List.of("pod-1")));

    // When
    Set<Scope> scopes = Scope.of(List.of(selector));

    // Then
    assertThat(scopes).containsExactly(new Scope("b", "", Set.of("pod-1")));
    assertThat(scopes.iterator().next().includes("pod-1")).isTrue();
    assertThat(scopes.iterator().next().includes("pod-2")).isFalse();
  }

  @Test
  void withoutNamespacesAllOfThemAreWatched() {
    assertThat(Scope.of(List.of(selector(null, Map.of("app", "model"), null, null))))
        .containsExactly(new Scope(null, "app=model", Set.of()));
  }
}
