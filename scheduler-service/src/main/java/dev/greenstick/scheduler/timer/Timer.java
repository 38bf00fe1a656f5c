package dev.greenstick.scheduler.timer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;

/**
 * Something wants to be looked at.
 *
 * @param due when, in whole milliseconds, not before 1970
 * @param about what: a run's id, an experiment's name
 */
public record Timer(Instant due, String about) {

  /** No text in UTF-8 has this byte, so it stands after every one of the same instant. */
  private static final byte LAST = (byte) 0xFF;

  public Timer {
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(about, "about");
    if (due.toEpochMilli() < 0 || due.getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException("timer of " + about + " is due at " + due);
    }
  }

  /** Orders by due time, as stores compare bytes without sign. */
  Bytes key() {
    byte[] text = about.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + text.length)
            .putLong(due.toEpochMilli())
            .put(text)
            .array());
  }

  static Timer of(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    return new Timer(
        Instant.ofEpochMilli(bytes.getLong()), StandardCharsets.UTF_8.decode(bytes).toString());
  }

  /** Before every timer. */
  static Bytes first() {
    return Bytes.wrap(new byte[Long.BYTES]);
  }

  /** After every timer that is due by {@code now}, before every other. */
  static Bytes lastBy(Instant now) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + 1).putLong(now.toEpochMilli()).put(LAST).array());
  }
}
