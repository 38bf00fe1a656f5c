package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How far a replay has come, so that one that was interrupted goes on from there. Lines of JSON
 * that are only added: what is replayed, then a {@link Checkpoint} each; a last line that is torn
 * does not count. For one thread at a time.
 */
final class ProgressFile implements AutoCloseable {

  private final Map<Integer, Checkpoint> reached = new HashMap<>();
  private final Set<UUID> done = new HashSet<>();
  private final OutputStream out;

  /** The first line: what is replayed. */
  private record Replayed(String replay) {}

  /**
   * Opens the file, or begins one.
   *
   * @param replay what is replayed; one that was begun for something else is refused
   */
  ProgressFile(Path file, String replay) throws RecordingException {
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        read(file, replay);
      }
      List<String> whole = new ArrayList<>(List.of(Json.text(new Replayed(replay))));
      reached.values().forEach(checkpoint -> whole.add(Json.text(checkpoint)));
      // Written anew without what was torn, then put in place at once.
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, whole);
      Files.move(
          fresh,
          file,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new RecordingException(
          "progress file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void read(Path file, String replay) throws IOException, RecordingException {
    String text = Files.readString(file);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    try {
      if (lines.isEmpty()
          || !Json.mapper().readValue(lines.getFirst(), Replayed.class).replay().equals(replay)) {
        throw new RecordingException(
            "progress file "
                + file
                + " is of another replay; name another file, or give the same options");
      }
      for (String line : lines.subList(1, lines.size())) {
        Checkpoint checkpoint = Json.mapper().readValue(line, Checkpoint.class);
        done.addAll(checkpoint.done());
        reached.merge(checkpoint.partition(), checkpoint, ProgressFile::later);
      }
    } catch (JsonProcessingException e) {
      throw new RecordingException("progress file " + file + " is not what a replay writes", e);
    }
  }

  private static Checkpoint later(Checkpoint one, Checkpoint next) {
    List<UUID> done = new ArrayList<>(one.done());
    done.addAll(next.done());
    return new Checkpoint(next.partition(), next.resume(), next.seen(), done, next.counts());
  }

  /** How far a partition was replayed. */
  Checkpoint of(int partition) {
    return reached.getOrDefault(partition, Checkpoint.beginning(partition));
  }

  /** Every run that was judged. */
  Set<UUID> done() {
    return Set.copyOf(done);
  }

  void add(Checkpoint checkpoint) throws RecordingException {
    try {
      out.write((Json.text(checkpoint) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new RecordingException("progress cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // Every line was flushed.
    }
  }
}
