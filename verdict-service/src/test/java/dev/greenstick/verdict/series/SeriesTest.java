package dev.greenstick.verdict.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {

  private static final List<Percentile> CHOSEN =
      List.of(Percentile.parse("50"), Percentile.parse("99.9"));

  @RepeatedTest(50)
  void aPointIsAllItsLatenciesTogether(RepetitionInfo repetition) {
    // Given
    long seed = repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    int resolution = 1 + random.nextInt(12);
    Histogram[] together = new Histogram[60];
    List<HealthWindow> windows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (random.nextInt(10) == 0) {
        continue;
      }
      Histogram one = LatencyHistogram.empty();
      int step = i / resolution;
      together[step] = together[step] == null ? LatencyHistogram.empty() : together[step];
      for (int j = random.nextInt(30); j >= 0; j--) {
        long micros = 1 + random.nextInt(2_000_000);
        LatencyHistogram.record(one, micros);
        LatencyHistogram.record(together[step], micros);
      }
      windows.add(window(i, new Answers(one.getTotalCount(), 0, 0, 0, 0, 0, 0), one));
    }
    Series series = new Series(resolution, CHOSEN);

    // When
    windows.forEach(series::add);
    List<Point> points = series.points();

    // Then
    List<Integer> steps =
        IntStream.range(0, 60).filter(step -> together[step] != null).boxed().toList();
    assertThat(points)
        .as("seed %d", seed)
        .extracting(Point::index)
        .containsExactlyElementsOf(steps.stream().map(step -> step * resolution).toList());
    for (int i = 0; i < points.size(); i++) {
      Histogram expected = together[steps.get(i)];
      assertThat(points.get(i).latencyMillis())
          .as("seed %d", seed)
          .isEqualTo(
              Map.of(
                  "p50", expected.getValueAtPercentile(50) / 1e3,
                  "p99.9", expected.getValueAtPercentile(99.9) / 1e3));
      assertThat(points.get(i).answers().total()).isEqualTo(expected.getTotalCount());
    }
    assertThat(points.stream().mapToInt(Point::windows).sum()).isEqualTo(windows.size());
  }

  @Test
  void whatWasNotMeasuredIsLeftOutAndNotZero() {
    // Given
    Series series = new Series(1, CHOSEN);

    // When
    series.add(window(0, Answers.NONE, LatencyHistogram.empty()));

    // Then
    assertThat(series.points())
        .containsExactly(
            new Point(0, Examples.START, 1, Answers.NONE, null, null, null, null, null, 180));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 300, 1",
    "300, 300, 1",
    "301, 300, 2",
    "601, 300, 5",
    "86400, 300, 300",
    "1000000, 300, 3600",
    "1000000, 1, 1000000"
  })
  void theFinestRoundResolutionThatIsNotTooFineIsChosen(int windows, int points, int resolution) {
    assertThat(Resolution.finest(windows, points)).isEqualTo(resolution);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100.1", "", "many", "1e9", "NaN", "99.9999999999"})
  void whatIsNoPercentileIsRefused(String text) {
    assertThatThrownBy(() -> Percentile.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static HealthWindow window(int index, Answers answers, Histogram latency) {
    return new HealthWindow(
        Examples.RUN,
        Examples.PROBE,
        index,
        Examples.START.plusSeconds(index),
        answers,
        LatencyHistogram.encode(latency),
        Map.of(),
        180,
        List.of());
  }
}
