package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.greenstick.contracts.wire.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Outcomes as lines of JSON in a file. */
public final class FileSink implements Sink {

  private final Path file;
  private BufferedWriter out;

  /** Outcomes go to this file, which must not exist, or be of the replay that is resumed. */
  public FileSink(Path file) {
    this.file = file;
  }

  @Override
  public void begin(Set<UUID> done) throws RecordingException {
    try {
      if (!done.isEmpty() && Files.exists(file)) {
        keepOnly(done);
        out = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
      } else {
        out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw new RecordingException(
          file + " cannot be written: " + (Files.exists(file) ? "it exists" : e.getMessage()), e);
    }
  }

  /**
   * What was written after the last checkpoint is judged once more, and would stand there twice.
   */
  private void keepOnly(Set<UUID> done) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Stream<String> lines = Files.lines(file)) {
      Files.write(fresh, (Iterable<String>) lines.filter(line -> isOf(done, line))::iterator);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isOf(Set<UUID> done, String line) {
    try {
      String run = Json.mapper().readTree(line).at("/run/id").asText();
      return done.contains(UUID.fromString(run));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // The last line, torn when the replay was interrupted.
      return false;
    }
  }

  @Override
  public void take(Judged judged) throws RecordingException {
    try {
      out.write(Json.text(judged.outcome()));
      out.newLine();
    } catch (IOException e) {
      throw new RecordingException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void flush() throws RecordingException {
    try {
      out.flush();
    } catch (IOException e) {
      throw new RecordingException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws RecordingException {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw new RecordingException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
