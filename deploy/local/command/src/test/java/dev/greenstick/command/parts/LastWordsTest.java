package dev.greenstick.command.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  @Test
  void theLastCauseSaysMost() {
    // Given
    var log =
        List.of(
            "10:00 INFO starting",
            "10:01 ERROR Failed to start",
            "Caused by: java.lang.IllegalStateException: no broker",
            "\tat dev.greenstick.X.y(X.java:1)",
            "10:02 INFO stopped");

    // When
    var line = LastWords.of(log);

    // Then
    assertThat(line).isEqualTo("Caused by: java.lang.IllegalStateException: no broker");
  }

  @Test
  void anErrorSaysMoreThanWhatCameAfterIt() {
    assertThat(LastWords.of(List.of("10:01 ERROR topic x is missing", "10:02 INFO stopped")))
        .isEqualTo("10:01 ERROR topic x is missing");
  }

  @Test
  void aFullDiskIsNamed() {
    assertThat(LastWords.of(List.of("java.io.IOException: No space left on device", "ERROR z")))
        .isEqualTo("the disk is full (No space left on device)");
  }

  @Test
  void anEmptyLogHasNoLine() {
    assertThat(LastWords.of(List.of("", " "))).isEmpty();
  }
}
