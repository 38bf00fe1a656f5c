package dev.greenstick.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The checked-in files are what the code says: run with {@code -Dgreenstick.golden=update} after a
 * change, and read the difference before committing it.
 */
class PublishedTest {

  private static final boolean UPDATE = "update".equals(System.getProperty("greenstick.golden"));

  @Test
  void schemasExamplesAndAsyncApiAreWhatTheCodeSaysNoneMissingNoneExtra() throws IOException {
    // Given
    Map<Path, String> expected = Published.files();
    if (UPDATE) {
      for (Path stale : present()) {
        Files.delete(stale);
      }
      for (Map.Entry<Path, String> file : expected.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    }

    // When
    List<Path> present = present();

    // Then
    assertThat(present).containsExactlyElementsOf(expected.keySet());
    for (Path file : present) {
      assertThat(Files.readString(file)).as(file.toString()).isEqualTo(expected.get(file));
    }
  }

  @Test
  void theReadmesTableIsWhatTheCodeSays() throws IOException {
    // Given
    Path readme = Path.of("README.md");
    String text = Files.readString(readme);
    int from = text.indexOf(Published.TABLE_BEGIN) + Published.TABLE_BEGIN.length();
    int to = text.indexOf(Published.TABLE_END);
    if (UPDATE) {
      text = text.substring(0, from) + Published.table() + text.substring(to);
      Files.writeString(readme, text);
      to = text.indexOf(Published.TABLE_END);
    }

    // When
    String table = text.substring(from, to);

    // Then
    assertThat(table).isEqualTo(Published.table());
  }

  private static List<Path> present() throws IOException {
    if (!Files.exists(Published.RESOURCES)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(Published.RESOURCES)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
