package dev.greenstick.command.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesTest {

  private static final Path SHIPPED =
      Path.of(System.getProperty("greenstick.root"), "deploy", "kubernetes");

  @Test
  void theShippedRolesAreGrantedInAnotherNamespaceToo(@TempDir Path directory) throws Exception {
    // When
    var files = Roles.write(SHIPPED, Set.of("default", "empty"), directory);

    // Then
    assertThat(files).containsExactly(directory.resolve("empty.yaml"));
    assertThat(Files.readString(files.getFirst()))
        .contains(
            "kind: \"Namespace\"", "name: \"greenstick-injector\"", "name: \"greenstick-probe\"")
        .containsPattern("namespace: \"empty\"")
        .doesNotContain("namespace: \"default\"", "ledger");
  }
}
