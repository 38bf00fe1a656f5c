package dev.greenstick.injector.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.PodRef;
import dev.greenstick.contracts.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

  private static final Limits DEFAULT = new Limits(5, 50, 1, List.of(), Optional.empty());

  private static Set<PodRef> pods(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new PodRef("default", "model-" + i, "uid-" + i))
        .collect(Collectors.toSet());
  }

  private static Workload workload(int replicas, int ready) {
    return new Workload(
        "Deployment default/model", replicas, replicas, pods(0, replicas), pods(0, ready));
  }

  @ParameterizedTest(name = "{0} replicas, {1} ready, {2} hit: {3} problems")
  @CsvSource({
    "4, 4, 2, 0",
    "4, 4, 3, 1",
    "3, 3, 1, 0",
    "3, 3, 2, 1",
    "2, 2, 1, 0",
    "2, 2, 2, 2",
    "1, 1, 1, 2",
    // Pods that are down already count.
    "4, 3, 1, 0",
    "4, 3, 2, 1",
    "4, 2, 1, 1",
    "4, 1, 0, 1",
  })
  void half_of_a_workload_may_be_down_and_one_pod_stays(
      int replicas, int ready, int hit, int problems) {
    // Given
    Reach reach = new Reach.Hits(pods(0, hit));

    // When
    List<Problem> found = DEFAULT.problems(workload(replicas, ready), List.of(), reach);

    // Then
    assertThat(found).hasSize(problems);
  }

  @Test
  void pods_that_other_faults_hold_count_as_down_though_they_are_ready() {
    // Given
    Reach other = new Reach.Hits(pods(0, 2));

    // When
    List<Problem> same =
        DEFAULT.problems(workload(4, 4), List.of(other), new Reach.Hits(pods(0, 2)));
    List<Problem> more =
        DEFAULT.problems(workload(4, 4), List.of(other), new Reach.Hits(pods(2, 3)));

    // Then
    assertThat(same).isEmpty();
    assertThat(more)
        .extracting(Problem::message)
        .containsExactly(
            "would leave 1 of 4 pods of Deployment default/model ready (2 are ready before), and"
                + " greenstick.injector.most-down-percent=50 allows 2 to be down at once");
  }

  @Test
  void scaling_down_counts_by_what_is_kept_and_chaos_mesh_by_the_most_that_it_may_hit() {
    // Given
    Workload workload = workload(4, 4);

    // When, then
    assertThat(DEFAULT.problems(workload, List.of(), new Reach.Keeps(pods(0, 4), 2))).isEmpty();
    assertThat(DEFAULT.problems(workload, List.of(), new Reach.Keeps(pods(0, 4), 1))).hasSize(1);
    assertThat(DEFAULT.problems(workload, List.of(), new Reach.Some(pods(0, 4), 2))).isEmpty();
    assertThat(DEFAULT.problems(workload, List.of(), new Reach.Some(pods(0, 4), 3))).hasSize(1);
    assertThat(
            DEFAULT.problems(
                workload, List.of(new Reach.Some(pods(0, 4), 2)), new Reach.Hits(pods(0, 1))))
        .hasSize(1);
  }

  @Test
  void workload_that_a_fault_has_scaled_down_is_measured_by_what_it_was() {
    // Given
    Workload scaled = new Workload("Deployment default/model", 4, 2, pods(0, 2), pods(0, 2));

    // When
    List<Problem> problems = DEFAULT.problems(scaled, List.of(), new Reach.Hits(pods(0, 1)));

    // Then
    assertThat(problems).hasSize(1);
  }

  @Test
  void labels_are_matched_by_key_or_by_key_and_value() {
    assertThat(LabelRule.parse("a").matches(java.util.Map.of("a", "x"))).isTrue();
    assertThat(LabelRule.parse("a=x").matches(java.util.Map.of("a", "x"))).isTrue();
    assertThat(LabelRule.parse("a=y").matches(java.util.Map.of("a", "x"))).isFalse();
    assertThat(LabelRule.parse("b").matches(java.util.Map.of("a", "x"))).isFalse();
    assertThatThrownBy(() -> LabelRule.parse("=x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limits_that_make_no_sense_are_named() {
    assertThatThrownBy(() -> new Limits(0, 50, 1, List.of(), Optional.empty()))
        .hasMessageContaining("most-faults");
    assertThatThrownBy(() -> new Limits(1, 101, 1, List.of(), Optional.empty()))
        .hasMessageContaining("most-down-percent");
    assertThatThrownBy(() -> new Limits(1, 50, -1, List.of(), Optional.empty()))
        .hasMessageContaining("least-ready");
  }
}
