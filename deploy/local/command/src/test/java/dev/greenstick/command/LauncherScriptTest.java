package dev.greenstick.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/greenstick} in a clone whose Maven and Java only say what they were asked. */
class LauncherScriptTest {

  private static final Path ROOT = Path.of(System.getProperty("greenstick.root"));
  private static final long PATIENCE_SECONDS = 60;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>built
      sleep 1
      [ ! -e broken ] || { echo "[INFO] before"; echo "[ERROR] the sources are broken"; exit 1; }
      for module in contracts deploy/local/command deploy/local/broker deploy/local/model deploy/local/sandbox; do
        mkdir -p $module/target && touch $module/target/greenstick-${module##*/}-1.2.3.jar
      done
      for service in scheduler injector probe verdict; do
        mkdir -p $service-service/target/quarkus-app && touch $service-service/target/quarkus-app/quarkus-run.jar
      done
      """;

  @TempDir Path clone;
  @TempDir Path jdk;

  private record Ended(int status, String output) {}

  @BeforeEach
  void lay() throws IOException {
    copy("deploy/greenstick");
    copy(".mvn/jdk.sh");
    Files.writeString(
        clone.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
    executable(clone.resolve("mvnw"), MAVEN);
    executable(jdk.resolve("bin").resolve("javac"), "#!/bin/sh\n");
    executable(jdk.resolve("bin").resolve("java"), "#!/bin/sh\necho java \"$@\"\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private void copy(String file) throws IOException {
    executable(clone.resolve(file), Files.readString(ROOT.resolve(file)));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", clone.resolve("deploy/greenstick").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME_25", jdk.toString());
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private List<String> builds() throws IOException {
    Path built = clone.resolve("built");
    return Files.exists(built) ? Files.readAllLines(built) : List.of();
  }

  @Test
  void whatIsNotBuiltIsBuiltOnceAndTheCommandRuns() throws Exception {
    // Given
    end(start("demo", "--replicas", "1"));

    // When
    var again = end(start("demo", "--replicas", "1"));

    // Then
    assertThat(builds()).hasSize(1);
    assertThat(builds().getFirst())
        .contains("-DskipTests", "scheduler-service", "verdict-service", "deploy/local/sandbox");
    assertThat(again.status()).isZero();
    assertThat(again.output())
        .startsWith("java ")
        .contains("-Dgreenstick.version=1.2.3")
        .endsWith("dev.greenstick.command.Greenstick demo --replicas 1\n");
  }

  @Test
  void twoAtOnceInOneCloneBuildOnce() throws Exception {
    // Given
    var one = start("demo");
    var other = start("demo");

    // When
    var ends = List.of(end(one), end(other));

    // Then
    assertThat(ends).allMatch(ended -> ended.status() == 0);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void aNewerSourceIsBuilt() throws Exception {
    // Given
    end(start("demo"));
    Path source = clone.resolve("probe-service/src/main/java/X.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class X {}");
    Path jar = clone.resolve("probe-service/target/quarkus-app/quarkus-run.jar");
    Files.setLastModifiedTime(
        source, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() + 2_000));

    // When
    end(start("demo"));

    // Then
    assertThat(builds()).hasSize(2);
  }

  @Test
  void helpNeedsNoServiceButThoseWhoseRulesAndFoldTheCommandHolds() throws Exception {
    // When
    end(start("demo", "--help"));

    // Then
    assertThat(builds()).hasSize(1);
    assertThat(builds().getFirst())
        .contains("contracts,scheduler-service,verdict-service,deploy/local/command")
        .doesNotContain("injector-service", "probe-service");
  }

  @Test
  void aFailedBuildShowsItsLastLinesAndEndsWithThree() throws Exception {
    // Given
    Files.createFile(clone.resolve("broken"));

    // When
    var ended = end(start("demo"));

    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.output())
        .contains("[ERROR] the sources are broken", "target/build.log")
        .doesNotContain("before", "java ");
  }
}
