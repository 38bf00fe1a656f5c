package dev.greenstick.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.hypothesis.Measure;
import dev.greenstick.contracts.hypothesis.Phase;
import dev.greenstick.contracts.hypothesis.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  private static final Set<String> UNITS = Set.of("share", "count", "ms", "duration");

  @Test
  void itsFactsAreTheVocabulary() throws IOException {
    // Given
    List<String[]> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split(" *\\| *"))
            .filter(row -> UNITS.contains(row[2]))
            .toList();

    // When
    Set<String> named =
        rows.stream().map(row -> row[1].replace("`", "")).collect(Collectors.toSet());

    // Then
    assertThat(named)
        .isEqualTo(
            Stream.concat(
                    Arrays.stream(Measure.values()).map(Measure::word),
                    Stream.of(Vocabulary.RECOVERY_TIME.name()))
                .collect(Collectors.toSet()));
    assertThat(Vocabulary.all()).hasSize(Phase.values().length * Measure.values().length + 1);
    for (Measure measure : Measure.values()) {
      assertThat(rows)
          .as(measure.word())
          .anyMatch(
              row -> row[1].equals("`" + measure.word() + "`") && row[3].equals(measure.meaning()));
    }
  }
}
