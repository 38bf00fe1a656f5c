package dev.greenstick.scheduler.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunAborted.Cause;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure prints its seed; {@code new SimulatedRun(seed).play()} does it again. */
class SagaSimulationTest {

  private static final int RUNS_OF_A_SEED = 250;

  static LongStream seeds() {
    return LongStream.range(0, 20).map(seed -> seed * RUNS_OF_A_SEED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensARunEndsOnceAndLeavesNoFaultUntold(long first) {
    for (long seed = first; seed < first + RUNS_OF_A_SEED; seed++) {
      assertThat(new SimulatedRun(seed).play()).isNotNull();
    }
  }

  @Test
  void theSimulatedWorldsAreOfEveryKind() {
    // Given
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    int finished = 0;
    int unknown = 0;

    // When
    for (long seed = 0; seed < 1_000; seed++) {
      RunEvent end = new SimulatedRun(seed).play();
      if (end instanceof RunAborted aborted) {
        causes.add(aborted.cause());
        unknown += aborted.faultsReverted() ? 0 : 1;
      }
      finished += end instanceof RunFinished ? 1 : 0;
    }

    // Then
    assertThat(causes).containsExactlyInAnyOrder(Cause.values());
    assertThat(finished).isGreaterThan(150);
    assertThat(unknown).isGreaterThan(10);
  }
}
