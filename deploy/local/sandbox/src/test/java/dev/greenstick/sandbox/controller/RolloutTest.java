package dev.greenstick.sandbox.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutTest {

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  /** However slowly pods come up, a rollout keeps its promises on the way and comes to its end. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRolloutNeverHasTooFewOrTooManyPodsAndEnds(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    int wanted = 1 + random.nextInt(8);
    int surge = random.nextInt(3);
    int unavailable = random.nextInt(3);
    ObjectNode strategy =
        JsonNodeFactory.instance
            .objectNode()
            .put("maxSurge", surge)
            .put("maxUnavailable", unavailable);
    int slack = surge == 0 && unavailable == 0 ? 1 : unavailable;
    int current = 0;
    int currentAvailable = 0;
    int old = wanted;

    // When
    int steps = 0;
    while (current != wanted || currentAvailable != wanted || old != 0) {
      Rollout.Step step =
          Rollout.step(
              strategy, wanted, current, currentAvailable, List.of(new Rollout.Old(old, old)));
      current = step.current();
      old = step.old().getFirst();

      // Then
      assertThat(current + old).isLessThanOrEqualTo(wanted + surge);
      assertThat(currentAvailable + old).isGreaterThanOrEqualTo(Math.min(wanted, wanted - slack));
      if (currentAvailable < current && random.nextBoolean()) {
        currentAvailable++;
      }
      assertThat(steps++).isLessThan(1_000);
    }
  }
}
