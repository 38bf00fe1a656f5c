package dev.greenstick.command.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.command.outcome.CouldNotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

  private static final Path SHELL = Path.of("/bin/sh");
  private static final String ANNOUNCES = "echo '{\"ready\":true}'; ";

  @TempDir Path home;

  private Workplace workplace;
  private Parts parts;

  @BeforeEach
  void create() throws CouldNotRun {
    workplace = Workplace.create(new Installation(home, "1.2.3", SHELL));
    parts = new Parts(workplace);
  }

  private Part start(PartName name, String script) throws CouldNotRun {
    return parts.start(new Launch(name, SHELL, List.of("-c", script), Map.of()));
  }

  @Test
  void whatAPartAnnouncesIsReadAndTheRestIsLogged() throws Exception {
    // Given
    var part = start(PartName.BROKER, "echo starting; echo '{\"url\":\"x\"}'; exec sleep 60");

    // When
    var said = part.announced();
    parts.close();

    // Then
    assertThat(said.path("url").asText()).isEqualTo("x");
    assertThat(workplace.resolve("broker.log")).content().startsWith("starting\n");
  }

  @Test
  void aPartThatEndsBeforeItIsReadyIsAFailureWithItsLastWords() throws Exception {
    // Given
    var part = start(PartName.PROBE, "echo INFO hello; echo ERROR no topic; exit 7");

    // When / Then
    assertThatThrownBy(part::announced)
        .isInstanceOf(CouldNotRun.class)
        .hasMessage("The probe ended with status 7: ERROR no topic");
  }

  @Test
  void whatAPartSaysOfItsFailureIsTheReason() throws Exception {
    // Given
    var part = start(PartName.BROKER, "echo '{\"failed\":\"X\",\"because\":\"port 1 is in use\"}'");

    // When / Then
    assertThatThrownBy(part::announced).hasMessage("port 1 is in use");
  }

  @Test
  void aPartMayTidyUpBeforeItIsGone() throws Exception {
    // Given: it would end at once if its standard input ended
    var part =
        start(
            PartName.PROBE,
            "trap 'echo tidied >tidied; exit 0' TERM; "
                + "exec 3<&0; (cat <&3 >/dev/null && echo closed >closed) & "
                + ANNOUNCES
                + "while :; do sleep 0.1; done");
    part.announced();

    // When
    parts.close();

    // Then
    assertThat(part.process().isAlive()).isFalse();
    assertThat(workplace.resolve("tidied")).exists();
    assertThat(workplace.resolve("closed")).doesNotExist();
  }

  @Test
  void aPartThatDoesNotStopIsKilledWithItsChildren() throws Exception {
    // Given
    var part = start(PartName.PROBE, "trap '' TERM; sleep 300 & " + ANNOUNCES + "wait; sleep 300");
    part.announced();
    var children = part.process().descendants().toList();

    // When
    parts.close();

    // Then
    assertThat(part.process().isAlive()).isFalse();
    for (var child : children) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void onceClosedNothingStarts() {
    // Given
    parts.close();

    // When / Then
    assertThatThrownBy(() -> start(PartName.PROBE, "sleep 60"))
        .isInstanceOf(CouldNotRun.class)
        .hasMessage("Everything is being stopped");
  }

  @Test
  void theTerminalsInterruptIsTheLaunchersAlone() throws Exception {
    // Given
    var part = start(PartName.PROBE, ANNOUNCES + "kill -INT $$; echo alive >alive; exec sleep 60");
    part.announced();

    // When
    boolean ended = part.process().waitFor(500, TimeUnit.MILLISECONDS);

    // Then
    assertThat(ended).isFalse();
    parts.close();
  }

  @Test
  void whatAKilledLauncherLeftIsRemovedAtTheNextStart() throws Exception {
    // Given
    var installation = new Installation(home, "1.2.3", SHELL);
    Path abandoned = Files.createDirectories(home.resolve("target").resolve("demo-old"));
    Files.writeString(abandoned.resolve("launcher.pid"), "999999999\n\n");
    Path failed = Files.createDirectories(home.resolve("target").resolve("demo-failed"));

    // When
    Workplace.create(installation);

    // Then
    assertThat(abandoned).doesNotExist();
    assertThat(failed).exists();
    assertThat(workplace.directory()).exists();
  }
}
