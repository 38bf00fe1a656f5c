package dev.greenstick.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

  private static final Pattern CLASS =
      Pattern.compile("dev\\.greenstick\\.probe(\\.[a-z]+)*\\.[A-Z]\\w+");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
  private static final Pattern SETTING = Pattern.compile("`greenstick\\.probe\\.([a-z.-]+)`");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "RATIONALE.md"})
  void everyClassAndTestThatIsNamedExists(String file) throws Exception {
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
    TEST.matcher(text)
        .results()
        .forEach(match -> assertThat(tests()).contains(match.group(1) + ".java"));
  }

  @Test
  void everySettingIsToldAndNoOther() throws Exception {
    // Given
    String readme = Files.readString(Path.of("README.md"));

    // When
    Stream<String> told = SETTING.matcher(readme).results().map(ReadmeTest::name);

    // Then
    assertThat(told.distinct())
        .containsExactlyInAnyOrderElementsOf(settings("", Settings.Probing.class).toList());
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  private static Stream<String> settings(String prefix, Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .flatMap(
            (Method method) -> {
              String name = prefix + kebab(method.getName());
              return method.getReturnType().getEnclosingClass() == Settings.class
                  ? settings(name + ".", method.getReturnType())
                  : Stream.of(name);
            });
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static List<String> tests() {
    try (var tree = Files.walk(Path.of("src/test/java"))) {
      return tree.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
