package dev.greenstick.verdict.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.id.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrendTest {

  private static final Offset<Double> EXACT = within(1e-9);

  @Test
  void aSteadyRiseIsFoundInWhateverOrderAndAlthoughOneRunWentWrong() {
    // Given
    List<Sample> samples = new ArrayList<>();
    for (int day = 0; day < 11; day++) {
      samples.add(sample(day, day == 7 ? 10_000 : 100 + 2 * day));
    }
    Collections.shuffle(samples, new Random(1));

    // When
    Trend trend = Trend.of(samples);

    // Then
    assertThat(trend.runs()).isEqualTo(11);
    assertThat(trend.slopePerDay()).isCloseTo(2, EXACT);
    assertThat(trend.median()).isCloseTo(110, EXACT);
    assertThat(trend.earlier()).isCloseTo(104, EXACT);
    assertThat(trend.later()).isCloseTo(118, EXACT);
    assertThat(trend.change()).isCloseTo(14, EXACT);
  }

  @Test
  void whatTooFewRunsDoNotTellIsLeftOut() {
    assertThat(Trend.of(List.of())).isEqualTo(new Trend(0, null, null, null, null, null));
    assertThat(Trend.of(List.of(sample(0, 5))))
        .isEqualTo(new Trend(1, 5.0, null, null, null, null));
    assertThat(Trend.of(List.of(sample(0, 5), sample(0, 7))))
        .isEqualTo(new Trend(2, 6.0, null, null, null, null));
    assertThat(Trend.of(List.of(sample(0, 5), sample(2, 7))).slopePerDay()).isCloseTo(1, EXACT);
  }

  private static Sample sample(int day, double value) {
    return new Sample(
        RunId.of(Examples.EXPERIMENT, Examples.CLUSTER, Examples.START.plusSeconds(day)),
        Examples.START.plus(Duration.ofDays(day)),
        value);
  }
}
