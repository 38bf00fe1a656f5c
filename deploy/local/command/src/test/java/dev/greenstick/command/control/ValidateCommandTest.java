package dev.greenstick.command.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.command.Greenstick;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  @TempDir private Path directory;

  private record Ended(int status, String out, String err) {}

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Greenstick.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(status, out.toString(), err.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void aValidDefinitionIsValid() throws IOException {
    // Given
    Path file = write("one.yaml", Examples.DOCUMENT);

    // When
    Ended ended = run("validate", "-f", file.toString());

    // Then
    assertThat(ended.status()).isZero();
    assertThat(ended.out()).isEqualTo(file + ": experiment one-pod-fails is valid\n");
  }

  @Test
  void everyProblemIsToldWhereItStandsInWhicheverDocumentOfTheFile() throws IOException {
    // Given
    String wrong =
        Examples.DOCUMENT
            .replace("one-pod-fails", "other")
            .replace("  clusters:", "  schedule: {cron: \"61 * * * *\"}\n  clusters:")
            .replace("fault.availability >=", "fault.availabilty >=");
    Path file = write("two.yaml", Examples.DOCUMENT + "---\n" + wrong);
    List<String> lines = Files.readAllLines(file);

    // When
    Ended ended = run("validate", "-f", file.toString(), "-o", "json");

    // Then
    assertThat(ended.status()).isEqualTo(1);
    JsonNode checked = Json.mapper().readTree(ended.out());
    assertThat(checked.get(0).path("valid").asBoolean()).isTrue();
    assertThat(checked.get(0).path("experiment").asText()).isEqualTo("one-pod-fails");
    List<JsonNode> problems = checked.get(1).path("problems").valueStream().toList();
    assertThat(problems)
        .extracting(problem -> problem.path("path").asText())
        .containsExactly("spec.hypothesis.assertions[0]", "spec.schedule.cron");
    assertThat(problems.get(0).path("message").asText()).contains("fault.availability");
    for (JsonNode problem : problems) {
      String line = lines.get(problem.path("line").asInt() - 1);
      assertThat(line.substring(problem.path("column").asInt() - 1))
          .startsWith(problem.path("path").asText().endsWith("cron") ? "cron:" : "fault.av");
      assertThat(problem.path("line").asInt()).isGreaterThan(lines.indexOf("---"));
    }
  }

  @Test
  void problemsAreWrittenAsCompilersDo() throws IOException {
    // Given
    Path file = write("wrong.json", "{\n  \"kind\": \"Experimant\",\n  \"metadat\": {}\n}");

    // When
    Ended ended = run("validate", "-f", file.toString());

    // Then
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out().lines())
        .contains(
            file + ":3:3: metadat: is no known field; did you mean metadata?",
            file + ":2:3: kind: must be Experiment, but is: Experimant");
  }

  @Test
  void aDirectoryIsEveryFileOfIt() throws IOException {
    // Given
    write("b.yaml", Examples.DOCUMENT);
    write("a.json", "{}");
    write("c.yml", Examples.DOCUMENT);
    write("notes.txt", "not for us");

    // When
    Ended ended = run("validate", "-f", directory.toString());

    // Then
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out().lines())
        .anyMatch(line -> line.contains("a.json:1:1: "))
        .anyMatch(line -> line.endsWith("b.yaml: experiment one-pod-fails is valid"))
        .anyMatch(
            line ->
                line.contains("c.yml: metadata.name: is there twice: one-pod-fails, in ")
                    && line.endsWith("b.yaml"))
        .noneMatch(line -> line.contains("notes"));
  }

  @Test
  void whatCannotBeReadIsToldInOneLine() throws IOException {
    // Given
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path bytes = Files.write(directory.resolve("bytes.yaml"), new byte[] {(byte) 0xFF});

    // When
    List<Ended> ends =
        List.of(
            run("validate", "-f", directory.resolve("none.yaml").toString()),
            run("validate", "-f", empty.toString()),
            run("validate", "-f", bytes.toString()),
            run("validate"),
            run("validate", "-f", bytes.toString(), "-o", "xml"));

    // Then
    assertThat(ends)
        .allSatisfy(
            ended -> {
              assertThat(ended.status()).isEqualTo(3);
              assertThat(ended.err().lines()).hasSize(1);
              assertThat(ended.out()).isEmpty();
            });
  }

  @Test
  void nothingIsSentUnlessEverythingIsValid() throws IOException {
    // Given
    Path file = write("wrong.yaml", Examples.DOCUMENT + "---\nkind: Experiment\n");

    // When
    Ended apply = run("apply", "-f", file.toString(), "--server", "http://127.0.0.1:1");
    Ended diff = run("diff", "-f", file.toString(), "--server", "http://127.0.0.1:1");

    // Then
    assertThat(List.of(apply, diff))
        .allSatisfy(
            ended -> {
              assertThat(ended.status()).isEqualTo(3);
              assertThat(ended.err()).contains("apiVersion: is missing").doesNotContain("answers");
            });
  }

  @Test
  void aSchedulerThatIsNotThereIsNamed() throws IOException {
    // When
    Ended ended = run("get", "experiments", "--server", "http://127.0.0.1:1");

    // Then
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err())
        .isEqualTo(
            "The scheduler did not list experiments: nobody answers at http://127.0.0.1:1"
                + System.lineSeparator());
  }

  @Test
  void theSchemaIsPrintedAsItIsPublished() throws IOException {
    // When
    Ended ended = run("schema");

    // Then
    assertThat(ended.status()).isZero();
    assertThat(Json.mapper().readTree(ended.out()).path("title").asText())
        .isEqualTo("Greenstick experiment");
  }

  @Test
  void argumentsThatMakeNoSenseAreMisuse() {
    List<String[]> misused =
        List.of(
            new String[] {"get"},
            new String[] {"get", "pods"},
            new String[] {"get", "experiment"},
            new String[] {"get", "experiment", "Not_A_Name"},
            new String[] {"get", "experiments", "one"},
            new String[] {"get", "run", "17"},
            new String[] {"get", "experiments", "--server", "127.0.0.1"},
            new String[] {"run"},
            new String[] {"run", "one", "--wait", "--timeout", "soon"},
            new String[] {"abort", "17"},
            new String[] {"halt"},
            new String[] {"halt", "pods/one"},
            new String[] {"resume", "all"},
            new String[] {"delete"});
    for (String[] arguments : misused) {
      // When
      Ended ended = run(arguments);

      // Then
      assertThat(ended.status()).as(String.join(" ", arguments)).isEqualTo(3);
      assertThat(ended.err())
          .as(String.join(" ", arguments))
          .endsWith("--help" + System.lineSeparator());
    }
  }
}
