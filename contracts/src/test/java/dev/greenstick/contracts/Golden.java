package dev.greenstick.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/** Files that say what something looked like when somebody last looked at it. */
public final class Golden {

  private static final String WRITE = "greenstick.golden";
  private static final String UPDATE = "update";

  private Golden() {}

  /** Fails when the text is not the file's; with {@code -Dgreenstick.golden=update} writes it. */
  public static void assertThat(String file, String text) {
    Path path = Path.of("src/test/resources", file);
    try {
      if (UPDATE.equals(System.getProperty(WRITE))) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
      }
      Assertions.assertThat(text)
          .as(
              "%s; if it is meant to change, run with -D%s=%s and read the difference",
              path, WRITE, UPDATE)
          .isEqualTo(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
