package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.contracts.wire.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What {@link Export} wrote: a file of compressed JSON lines for each partition of each topic, and
 * {@link Manifest} which says that all of them are whole. Safe for many threads.
 */
public final class DirectoryRecording implements Recording {

  /** Longer lines are refused: no broker takes such records. */
  private static final int LONGEST_LINE = 64 << 20;

  private static final int BATCH = 1_000;

  private final Path directory;
  private final Map<String, OffsetRange> ranges = new HashMap<>();

  /**
   * What stands in the directory beside the records, in {@code greenstick-export.json}.
   *
   * @param format the version of this form
   * @param partitions for each partition of each topic, from its first offset to its end (excluded)
   * @param records how many records were written
   */
  public record Manifest(int format, List<OffsetRange> partitions, long records) {

    static final int FORMAT = 1;
    static final String FILE = "greenstick-export.json";

    public Manifest {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * Opens a directory.
   *
   * @throws RecordingException when it holds no whole export
   */
  public DirectoryRecording(Path directory) throws RecordingException {
    this.directory = directory;
    Manifest manifest = manifest(directory);
    if (manifest.format() != Manifest.FORMAT) {
      throw new RecordingException(
          "%s is of format %d, and this reads format %d"
              .formatted(directory, manifest.format(), Manifest.FORMAT));
    }
    manifest
        .partitions()
        .forEach(range -> ranges.put(file(range.topic(), range.partition()), range));
  }

  private static Manifest manifest(Path directory) throws RecordingException {
    Path file = directory.resolve(Manifest.FILE);
    try {
      return Json.mapper().readValue(Files.readAllBytes(file), Manifest.class);
    } catch (NoSuchFileException e) {
      throw new RecordingException(
          directory + " holds no export, or one that was not finished: " + file + " is not there",
          e);
    } catch (JsonProcessingException e) {
      throw new RecordingException(file + " is not what an export writes", e);
    } catch (IOException e) {
      throw new RecordingException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static String file(String topic, int partition) {
    return topic + "-" + partition + ".jsonl.gz";
  }

  @Override
  public SortedSet<Integer> partitions() {
    SortedSet<Integer> partitions = new TreeSet<>();
    ranges.values().forEach(range -> partitions.add(range.partition()));
    return partitions;
  }

  @Override
  public int partitionOf(String key) {
    return -1;
  }

  @Override
  public long begin(String topic, int partition) {
    OffsetRange range = ranges.get(file(topic, partition));
    return range == null ? 0 : range.from();
  }

  @Override
  public long end(String topic, int partition) {
    OffsetRange range = ranges.get(file(topic, partition));
    return range == null ? 0 : range.to();
  }

  @Override
  public Tape play(int partition, Positions from) throws RecordingException {
    return new DirectoryTape(
        ranges.values().stream()
            .filter(range -> range.partition() == partition)
            .map(OffsetRange::topic)
            .sorted()
            .toList(),
        partition,
        from);
  }

  private final class DirectoryTape extends MergedTape {

    private final Map<String, InputStream> streams = new HashMap<>();
    private final int partition;
    private final Positions from;

    DirectoryTape(List<String> topics, int partition, Positions from) throws RecordingException {
      super(topics);
      this.partition = partition;
      this.from = from;
      for (Track track : tracks()) {
        Path file = directory.resolve(file(track.topic(), partition));
        try {
          streams.put(
              track.topic(),
              new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16)));
        } catch (IOException e) {
          close();
          throw new RecordingException(file + " cannot be read: " + e.getMessage(), e);
        }
      }
    }

    @Override
    void fill() throws RecordingException {
      for (Track track : tracks()) {
        if (!track.ended() && track.ahead() == 0) {
          read(track);
        }
      }
    }

    private void read(Track track) throws RecordingException {
      InputStream in = streams.get(track.topic());
      List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(BATCH);
      try {
        while (batch.size() < BATCH) {
          byte[] line = line(in);
          if (line == null) {
            track.end();
            break;
          }
          ConsumerRecord<byte[], byte[]> record = RecordLine.read(track.topic(), partition, line);
          if (isAsked(record)) {
            batch.add(record);
          }
        }
      } catch (IOException e) {
        throw new RecordingException(
            "%s is damaged after offset %s: %s"
                .formatted(
                    directory.resolve(file(track.topic(), partition)),
                    batch.isEmpty() ? "before" : batch.getLast().offset(),
                    e.getMessage()),
            e);
      }
      track.add(batch);
      track.reached(
          track.ended() || batch.isEmpty()
              ? end(track.topic(), partition)
              : batch.getLast().offset() + 1);
    }

    private boolean isAsked(ConsumerRecord<byte[], byte[]> record) {
      Long offset = from.offsets().get(record.topic());
      return offset != null
          ? record.offset() >= offset
          : from.since().map(since -> record.timestamp() >= since.toEpochMilli()).orElse(true);
    }

    /** The next line; null at the end of the file. */
    private static byte[] line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(2_048);
      for (int one = in.read(); one != '\n'; one = in.read()) {
        if (one < 0) {
          if (line.size() == 0) {
            return null;
          }
          throw new IOException("the last line has no end");
        }
        if (line.size() > LONGEST_LINE) {
          throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
        }
        line.write(one);
      }
      return line.toByteArray();
    }

    @Override
    public void close() {
      for (InputStream in : streams.values()) {
        try {
          in.close();
        } catch (IOException e) {
          // It was only read: nothing is lost.
        }
      }
    }
  }
}
