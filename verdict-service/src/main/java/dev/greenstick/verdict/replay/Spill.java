package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.intake.Intake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Evidence that memory has no room for, in a file that goes with the lane. For one thread. */
final class Spill implements AutoCloseable {

  private final Map<Class<?>, ObjectReader> readers = new HashMap<>();
  private FileChannel file;
  private long end;

  Spill() {
    for (Topic<? extends RunData> topic : Intake.HISTORY) {
      topic.types().forEach(type -> readers.put(type, Json.mapper().readerFor(type)));
    }
  }

  /** Where an event lies in the file, and what is looked at without reading it. */
  record Away(Class<?> type, Instant time, Origin origin, long at, int length) {}

  Away write(Evidence evidence) {
    try {
      if (file == null) {
        Path path = Files.createTempFile("greenstick-replay-", ".spill");
        file =
            FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      byte[] data = Json.mapper().writeValueAsBytes(evidence.data());
      Away away =
          new Away(
              evidence.data().getClass(), evidence.time(), evidence.origin(), end, data.length);
      ByteBuffer bytes = ByteBuffer.wrap(data);
      while (bytes.hasRemaining()) {
        end += file.write(bytes, end);
      }
      return away;
    } catch (IOException e) {
      throw new UncheckedIOException("what memory has no room for cannot be written", e);
    }
  }

  Evidence read(Away away) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(away.length());
      while (bytes.hasRemaining()) {
        if (file.read(bytes, away.at() + bytes.position()) < 0) {
          throw new IOException("it is shorter than what was written");
        }
      }
      RunData data = readers.get(away.type()).readValue(bytes.array());
      return new Evidence(data, away.time(), away.origin());
    } catch (IOException e) {
      throw new UncheckedIOException("what memory had no room for cannot be read back", e);
    }
  }

  /** Whether anything was ever written. */
  boolean isUsed() {
    return file != null;
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // It was temporary: nothing is lost.
      }
    }
  }
}
