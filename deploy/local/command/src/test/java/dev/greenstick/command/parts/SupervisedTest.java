package dev.greenstick.command.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {

  private static final int PATIENCE_SECONDS = 60;

  /** Never ends by itself. */
  static final class Endless {

    private Endless() {}

    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("running " + String.join(" ", arguments));
      Thread.currentThread().join();
    }
  }

  @Test
  void theProcessAndItsDirectoryGoWithTheLauncher(@TempDir Path parent) throws Exception {
    // Given
    Path directory = Files.createDirectories(parent.resolve("demo").resolve("deep")).getParent();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Supervised.class.getName(),
                directory.toString(),
                "0",
                Endless.class.getName(),
                "a",
                "b")
            .redirectErrorStream(true)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("running a b");

    // When
    process.outputWriter().close();

    // Then
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(directory).doesNotExist();
  }
}
