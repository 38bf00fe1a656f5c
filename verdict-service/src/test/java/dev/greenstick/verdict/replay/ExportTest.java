package dev.greenstick.verdict.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.contracts.Topics;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.replay.Outcome.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

  @TempDir private Path directory;

  private static MemoryRecording recording() {
    return MemoryRecording.of(
        List.of(
            Story.of(1, 2, 3, 3),
            Story.of(2, 2, 3, 3),
            Story.of(3, 3, 2, 2),
            Story.of(4, 2, 2, 2)));
  }

  @Test
  void whatIsExportedIsJudgedWithoutABrokerAsItWasRecorded() throws Exception {
    // Given
    Path export = directory.resolve("export");

    // When
    long records = new Export(recording(), Selection.ALL, 2).to(export, Given.pace());
    Counts counts = Given.verify(new DirectoryRecording(export), new Given());

    // Then
    assertThat(counts.runs()).containsOnlyKeys(Status.IDENTICAL).containsValue(4L);
    assertThat(counts.records()).isEqualTo(records);
  }

  @Test
  void oneRunIsExportedWithEverythingItsVerdictRestsOn() throws Exception {
    // Given
    Path export = directory.resolve("export");
    Story one = Story.of(3, 3, 2, 2);

    // When
    new Export(recording(), Selection.of(one.run().id()), 2).to(export, Given.pace());
    Given sink = new Given();
    Given.verify(new DirectoryRecording(export), sink);

    // Then
    assertThat(sink.outcomes())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.run()).isEqualTo(one.run()))
        .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(Status.IDENTICAL));
  }

  @Test
  void recordsThatAreNoEventsComeBackAsTheSameBytes() throws Exception {
    // Given
    Random random = new Random(17);
    MemoryRecording recording = new MemoryRecording();
    List<byte[]> values =
        List.of(
            "{\"a\":  1}".getBytes(StandardCharsets.UTF_8),
            "{\"a\":\n1}".getBytes(StandardCharsets.UTF_8),
            " {} ".getBytes(StandardCharsets.UTF_8),
            "\"text\"".getBytes(StandardCharsets.UTF_8),
            "12.50".getBytes(StandardCharsets.UTF_8),
            "{\"a\":1}}".getBytes(StandardCharsets.UTF_8),
            "[[".repeat(3_000).getBytes(StandardCharsets.UTF_8),
            new byte[] {'"', (byte) 0xff, '"'},
            new byte[0],
            random(random, 300));
    for (byte[] value : values) {
      recording.add(
          Topics.HEALTH.name(),
          0,
          Instant.EPOCH,
          "data",
          new RecordHeaders().add("data", value),
          value);
    }
    Path export = directory.resolve("export");

    // When
    new Export(recording, Selection.ALL, 1).to(export, Given.pace());

    // Then
    try (Tape tape = new DirectoryRecording(export).play(0, Positions.BEGINNING)) {
      for (byte[] value : values) {
        assertThat(tape.next().value()).isEqualTo(value);
      }
      assertThat(tape.next()).isNull();
    }
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void itsFilesAreReadByToolsThatPeopleHave() throws Exception {
    // Given
    Path export = directory.resolve("export");
    new Export(recording(), Selection.ALL, 1).to(export, Given.pace());

    // When
    byte[] file = Files.readAllBytes(export.resolve("greenstick.runs-0.jsonl.gz"));
    String lines =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes(),
            StandardCharsets.UTF_8);

    // Then
    assertThat(lines.lines().findFirst().orElseThrow())
        .startsWith("{\"offset\":100,\"timestamp\":")
        .contains("\"headers\":{\"ce_specversion\":\"1.0\"")
        .contains("\"data\":{\"run\":{");
  }

  @Test
  void whatIsNoWholeExportIsRefused() throws Exception {
    // Given
    Path export = directory.resolve("export");
    new Export(recording(), Selection.ALL, 1).to(export, Given.pace());
    Path damaged = export.resolve("greenstick.health-1.jsonl.gz");
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length / 2));
    Path unfinished = Files.createDirectory(directory.resolve("unfinished"));

    // When, Then
    assertThatThrownBy(() -> Given.verify(new DirectoryRecording(export), new Given()))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("greenstick.health-1.jsonl.gz is damaged after offset");
    assertThatThrownBy(() -> new DirectoryRecording(unfinished))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("holds no export, or one that was not finished");
    assertThatThrownBy(() -> new Export(recording(), Selection.ALL, 1).to(export, Given.pace()))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("is not empty");
  }
}
