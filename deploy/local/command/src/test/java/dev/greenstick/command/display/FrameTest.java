package dev.greenstick.command.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  private static final int WIDE = 140;

  private static String text(List<AttributedString> lines) {
    return lines.stream()
        .map(line -> line.toString().stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void nothingIsKnownYet() {
    // When
    var lines = new Frame(Glyphs.UNICODE, WIDE).of(RunView.EMPTY, Story.at(0));

    // Then
    assertThat(text(lines))
        .isEqualTo(
"""
                                                        predictions  availability        p99   failures
  baseline  ░░░░░░░░░░░░░░░░░░░░░░░░
  fault     ░░░░░░░░░░░░░░░░░░░░░░░░
  recovery  ░░░░░░░░░░░░░░░░░░░░░░░░

  now       waiting for the scheduler

""");
  }

  @Test
  void aFaultIsLive() {
    // Given
    var view = Story.view(Story.untilMidFault());

    // When
    var lines = new Frame(Glyphs.UNICODE, WIDE).of(view, Story.at(34.5));

    // Then
    assertThat(text(lines))
        .isEqualTo(
"""
                                                        predictions  availability        p99   failures
  baseline  ████████████████████████  20 s                    1 050         100 %     3.2 ms
  fault     ██████████░░░░░░░░░░░░░░  12 s, 18 s left           650       99.53 %     3.2 ms   2 refused, 1 timed out
  recovery  ░░░░░░░░░░░░░░░░░░░░░░░░  20 s

  now       50 predictions/s   availability 100 %   p99 3.2 ms

  hit default/crescents-6c9f7-x2x4p   not ready (ContainersNotReady)  pause:3.10    restarts 1
  pod default/crescents-6c9f7-k8s2m   ready                           model:1
""");
  }

  @Test
  void theRunIsJudged() {
    // Given
    var view = Story.view(Story.whole());

    // When
    var lines = new Frame(Glyphs.ASCII, WIDE).of(view, Story.at(80));

    // Then
    assertThat(text(lines))
        .isEqualTo(
"""
                                                        predictions  availability        p99   failures
  baseline  ########################  20 s                    1 050         100 %     3.2 ms
  fault     ########################  30 s                    1 550       99.80 %     3.2 ms   2 refused, 1 timed out
  recovery  ########################  20 s                    1 050         100 %     3.2 ms

  now       50 predictions/s   availability 100 %   p99 3.2 ms

  hit default/crescents-6c9f7-x2x4p   ready                           model:1       restarts 2
  pod default/crescents-6c9f7-k8s2m   ready                           model:1
""");
  }

  @Test
  void onEightyColumnsEveryFigureHasItsPlace() {
    // Given
    var view = Story.view(Story.untilMidFault());

    // When
    var lines = new Frame(Glyphs.ASCII, 80).of(view, Story.at(34.5));

    // Then
    assertThat(text(lines))
        .isEqualTo(
            """
                                                        predictions  availability        p99
              baseline  ############  20 s                    1 050         100 %     3.2 ms
              fault     #####.......  12 s, 18 s left           650       99.53 %     3.2 ms
              recovery  ............  20 s

              now       50 predictions/s   availability 100 %   p99 3.2 ms

              hit default/crescents-6c9f7-x2x4p   not ready (ContainersNotReady)  pause:3.10
              pod default/crescents-6c9f7-k8s2m   ready                           model:1
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100})
  void noLineIsWiderThanTheTerminal(int columns) {
    // Given
    var frame = new Frame(Glyphs.UNICODE, columns);
    var view = RunView.EMPTY;

    for (var event : Story.whole()) {
      // When
      view = view.after(event);
      var lines = frame.of(view, Story.at(30));

      // Then
      assertThat(lines).allMatch(line -> line.columnLength() <= columns);
    }
  }
}
