package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.contracts.wire.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes a selection of recorded history to a directory, for {@link DirectoryRecording}: whole runs
 * with their verdicts, each record with its offset, so that what is judged there is what was judged
 * here. Safe for one call at a time.
 */
public final class Export {

  private final Recording recording;
  private final Selection selection;
  private final int parallel;

  /**
   * @param parallel how many partitions are read at once
   */
  public Export(Recording recording, Selection selection, int parallel) {
    this.recording = Objects.requireNonNull(recording, "recording");
    this.selection = Objects.requireNonNull(selection, "selection");
    this.parallel = parallel;
  }

  /**
   * Begins to measure how far it is.
   *
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public Pace pace(LongSupplier nanoTime) {
    return new Pace(Pace.total(recording, recording.partitions()), nanoTime);
  }

  /**
   * Writes the directory, which must be empty or not exist; its manifest last, so that an export
   * that was interrupted is not taken for one.
   *
   * @return how many records it holds
   */
  public long to(Path directory, Pace pace) throws RecordingException, InterruptedException {
    try {
      Files.createDirectories(directory);
      try (var held = Files.list(directory)) {
        if (held.findAny().isPresent()) {
          throw new RecordingException(directory + " is not empty; name a directory of its own");
        }
      }
    } catch (IOException e) {
      throw new RecordingException(directory + " cannot be written: " + e.getMessage(), e);
    }
    List<OffsetRange> ranges = new ArrayList<>();
    for (int partition : recording.partitions()) {
      for (String topic : Lane.TOPICS) {
        ranges.add(
            new OffsetRange(
                topic,
                partition,
                recording.begin(topic, partition),
                recording.end(topic, partition)));
      }
    }
    List<Long> written =
        Lanes.each(
            recording.partitions(), parallel, partition -> export(partition, directory, pace));
    long records = written.stream().mapToLong(Long::longValue).sum();
    try {
      Files.write(
          directory.resolve(DirectoryRecording.Manifest.FILE),
          Json.mapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(
                  new DirectoryRecording.Manifest(
                      DirectoryRecording.Manifest.FORMAT, ranges, records)));
    } catch (IOException e) {
      throw new RecordingException(directory + " cannot be written: " + e.getMessage(), e);
    }
    return records;
  }

  private long export(int partition, Path directory, Pace pace)
      throws RecordingException, InterruptedException {
    Chosen chosen = Chosen.of(selection, recording, partition);
    long written = 0;
    Map<String, OutputStream> files = new HashMap<>();
    try {
      for (String topic : Lane.TOPICS) {
        files.put(
            topic,
            new BufferedOutputStream(
                new GZIPOutputStream(
                    Files.newOutputStream(
                        directory.resolve(DirectoryRecording.file(topic, partition))),
                    1 << 16),
                1 << 16));
      }
      try (Tape tape =
          recording.play(partition, new Positions(Map.of(), Chosen.since(selection)))) {
        for (ConsumerRecord<byte[], byte[]> record = tape.next();
            record != null;
            record = tape.next()) {
          pace.read(1);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          if (chosen.holds(RunKey.of(record.key()), record)) {
            OutputStream out = files.get(record.topic());
            out.write(RecordLine.write(record));
            out.write('\n');
            written++;
          }
        }
      }
      for (OutputStream file : files.values()) {
        file.close();
      }
    } catch (IOException e) {
      files.values().forEach(Export::giveUp);
      throw new RecordingException(
          "partition %d cannot be written to %s: %s"
              .formatted(partition, directory, e.getMessage()),
          e);
    }
    return written;
  }

  private static void giveUp(OutputStream file) {
    try {
      file.close();
    } catch (IOException e) {
      // The export has failed already, and says why.
    }
  }
}
