package dev.greenstick.command.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.Examples;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static String text(List<AttributedString> lines) {
    return lines.stream()
        .map(line -> line.toString().stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void everyAssertionHasItsFigureAndItsBound() {
    // When
    var lines = new Report(Glyphs.UNICODE).verdict(Examples.verdictReached());

    // Then
    assertThat(text(lines))
        .isEqualTo(
"""
refuted: 1 of 3 assertions failed: fault.latency.p99 <= 2.0 * baseline.latency.p99

    assertion                                              figure     bound
  ✔ fault.availability >= 0.95                              0.998 >=  0.95          held
  ✘ fault.latency.p99 <= 2.0 * baseline.latency.p99        7.4 ms <=  6.2 ms        failed
  ? recovery.time <= duration('30s')                            -     -             undecided: no recovery.time
""");
  }

  @Test
  void whatHappenedAndWhatItTookIsSaid() {
    // Given
    var view = Story.view(Story.whole());
    Map<String, Long> memory = new LinkedHashMap<>();
    memory.put("broker", 240L << 20);
    memory.put("scheduler", 190L << 20);

    // When
    var lines =
        new Report(Glyphs.UNICODE)
            .summary(view, new Footing(Optional.of(Duration.ofMillis(9_840)), memory));

    // Then
    assertThat(text(lines))
        .isEqualTo(
"""
  predictions   3 650: 3 647 right, 2 refused, 1 timed out
  fault         default/crescents-6c9f7-x2x4p was hit for 30.0 s
  pod           default/crescents-6c9f7-x2x4p: ready, image model:1 as before, restarts 2
  started in    9.8 s to the first prediction
  memory        broker 240 MB, scheduler 190 MB
""");
  }
}
