package dev.greenstick.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

  private static final Pattern CLASS =
      Pattern.compile("dev\\.greenstick\\.contracts(\\.[a-z]+)*\\.[A-Z]\\w+");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
  private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "RATIONALE.md"})
  void everyClassTestAndFileThatIsNamedExists(String file) throws Exception {
    // Given
    String text = Files.readString(Path.of(file));

    // When, Then
    CLASS
        .matcher(text)
        .results()
        .forEach(
            match ->
                assertThat(Path.of("src/main/java", match.group().replace('.', '/') + ".java"))
                    .exists());
    LINK.matcher(text).results().forEach(match -> assertThat(Path.of(match.group(1))).exists());
    TEST.matcher(text)
        .results()
        .forEach(match -> assertThat(tests()).contains(match.group(1) + ".java"));
  }

  private static List<String> tests() {
    try (var tree = Files.walk(Path.of("src/test/java"))) {
      return tree.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
