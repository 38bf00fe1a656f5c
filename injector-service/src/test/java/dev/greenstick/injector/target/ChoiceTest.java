package dev.greenstick.injector.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.id.FaultId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "ONE, , 7, 1",
    "ALL, , 7, 7",
    "FIXED, 2, 7, 2",
    "FIXED, 9, 7, 7",
    "FIXED_PERCENT, 33, 3, 1",
    "FIXED_PERCENT, 34, 3, 2",
    "FIXED_PERCENT, 67, 3, 3",
    "FIXED_PERCENT, 50, 7, 4",
    "FIXED_PERCENT, 99, 7, 7",
    "FIXED_PERCENT, 100, 7, 7",
    "FIXED_PERCENT, 1, 1, 1",
    "ALL, , 0, 0",
    "RANDOM_MAX_PERCENT, 100, 0, 0",
  })
  void mode_chooses_as_many_as_chaos_mesh(Mode mode, String value, int n, int expected) {
    assertThat(Choice.count(mode, value, n, new Random(1))).isEqualTo(expected);
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void choice_is_distinct_candidates_in_order_and_the_same_for_the_same_seed(long seed) {
    // Given
    Random random = new Random(seed);
    List<Integer> candidates = IntStream.range(0, random.nextInt(60)).boxed().toList();
    Mode mode = Mode.values()[random.nextInt(Mode.values().length)];
    String value = String.valueOf(1 + random.nextInt(100));

    // When
    List<Integer> chosen = Choice.choose(mode, value, candidates, seed);

    // Then
    assertThat(chosen).isSorted().doesNotHaveDuplicates().isSubsetOf(candidates);
    assertThat(chosen.isEmpty()).isEqualTo(candidates.isEmpty());
    assertThat(Choice.choose(mode, value, candidates, seed)).isEqualTo(chosen);
    assertThat(chosen.size()).isLessThanOrEqualTo(most(mode, value, candidates.size()));
  }

  private static int most(Mode mode, String value, int n) {
    return switch (mode) {
      case ONE -> 1;
      case ALL -> n;
      case FIXED -> Integer.parseInt(value);
      case FIXED_PERCENT, RANDOM_MAX_PERCENT ->
          (int) Math.ceil(n * Integer.parseInt(value) / 100.0);
    };
  }

  @Test
  void every_candidate_is_chosen_by_some_seed_about_equally_often() {
    // Given
    List<Integer> candidates = List.of(0, 1, 2, 3, 4);
    int[] times = new int[5];

    // When
    for (long seed = 0; seed < 5_000; seed++) {
      times[Choice.choose(Mode.ONE, null, candidates, seed * 7_919).getFirst()]++;
    }

    // Then
    assertThat(IntStream.of(times)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void random_max_percent_reaches_from_one_to_the_most() {
    // Given
    List<Integer> candidates = IntStream.range(0, 10).boxed().toList();
    HashSet<Integer> sizes = new HashSet<>();

    // When
    for (long seed = 0; seed < 500; seed++) {
      sizes.add(Choice.choose(Mode.RANDOM_MAX_PERCENT, "50", candidates, seed * 7_919).size());
    }

    // Then
    assertThat(sizes).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void seed_differs_between_faults_of_a_run() {
    assertThat(Choice.seed(Examples.RUN.id(), Examples.FAULT))
        .isNotEqualTo(
            Choice.seed(Examples.RUN.id(), FaultId.of(Examples.RUN.id(), Examples.STEP, 0, 1)))
        .isEqualTo(Choice.seed(Examples.RUN.id(), Examples.FAULT));
  }

  @ParameterizedTest
  @CsvSource({
    "FIXED, 0",
    "FIXED, -1",
    "FIXED, 1.5",
    "FIXED, two",
    "FIXED, ",
    "FIXED_PERCENT, 0",
    "FIXED_PERCENT, 101",
    "RANDOM_MAX_PERCENT, -3",
    "RANDOM_MAX_PERCENT, "
  })
  void bad_value_is_a_problem_that_names_it(Mode mode, String value) {
    assertThat(Choice.problem(mode, value))
        .hasValueSatisfying(problem -> assertThat(problem.message()).endsWith("but is: " + value));
  }

  @ParameterizedTest
  @CsvSource({"ONE, ", "ALL, ", "FIXED, 3", "FIXED_PERCENT, 0.5", "RANDOM_MAX_PERCENT, 100"})
  void good_value_is_no_problem(Mode mode, String value) {
    assertThat(Choice.problem(mode, value)).isEmpty();
  }
}
