package dev.greenstick.command.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.command.Greenstick;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is told in one line before any broker is asked. */
class ReplayCommandTest {

  @TempDir private Path directory;

  private record Ended(int status, String said) {}

  private static Ended run(String... arguments) {
    StringWriter said = new StringWriter();
    int status = Greenstick.commandLine().setErr(new PrintWriter(said, true)).execute(arguments);
    return new Ended(status, said.toString());
  }

  @Test
  void aLiveTopicIsRefused() {
    for (String topic : List.of("greenstick.verdicts", "greenstick.runs", "greenstick.anything")) {
      // When
      Ended ended = run("replay", "--topic", topic);

      // Then
      assertThat(ended.status()).isEqualTo(3);
      assertThat(ended.said()).startsWith("outcomes of a replay never go to " + topic);
    }
  }

  @Test
  void aHypothesisThatCannotBeJudgedByIsToldWithEveryPosition() throws Exception {
    // Given
    Path file = directory.resolve("hypothesis.yaml");
    Files.writeString(
        file,
        """
        assertions:
          - fault.availabilty >= 0.9
          - fault.count > 1
          - fault.latency.p99 >
        """);

    // When
    Ended ended = run("replay", "--hypothesis", file.toString());

    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said())
        .contains("assertions[0]: ", "fault.availability", "assertions[2]: ", "line 1, column")
        .doesNotContain("assertions[1]");
  }

  @Test
  void aHypothesisFileOfAnotherFormSaysWhatToWrite() throws Exception {
    // Given
    Path file = directory.resolve("hypothesis.yaml");
    Files.writeString(file, "assertion: [\"fault.count > 1\"]\n");

    // When
    Ended ended = run("replay", "--hypothesis", file.toString());

    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains("assertion", "assertions: is missing; write a list");
  }

  @Test
  void optionsThatMakeNoSenseAreMisuse() {
    List<String[]> misused =
        List.of(
            new String[] {"replay", "--run", "17"},
            new String[] {"replay", "--since", "yesterday"},
            new String[] {
              "replay", "--since", "2026-01-02T00:00:00Z", "--before", "2026-01-01T00:00:00Z"
            },
            new String[] {"replay", "--offsets", "greenstick.runs/0=9..1"},
            new String[] {"replay", "--offsets", "greenstick.runs"},
            new String[] {"replay", "--from", "x", "--bootstrap", "127.0.0.1:9092"},
            new String[] {"replay", "--out", "x", "--topic", "y"},
            new String[] {"replay", "--lateness-share", "2"},
            new String[] {"replay", "--parallel", "0"},
            new String[] {"export"},
            new String[] {"state", "17"},
            new String[] {"state", "2f1b0c9e-5d6a-3b7f-8a41-0c6f1d2e3a4b", "--at", "x"});
    for (String[] arguments : misused) {
      // When
      Ended ended = run(arguments);

      // Then
      assertThat(ended.status()).as(String.join(" ", arguments)).isEqualTo(3);
      assertThat(ended.said())
          .as(String.join(" ", arguments))
          .endsWith("--help" + System.lineSeparator());
    }
  }

  @Test
  void aDirectoryThatIsNoExportIsRefused() {
    // When
    Ended ended = run("replay", "--from", directory.toString());

    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains("holds no export, or one that was not finished");
  }
}
