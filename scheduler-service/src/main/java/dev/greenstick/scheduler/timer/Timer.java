package dev.greenstick.scheduler.timer;

import dev.greenstick.contracts.id.RunId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/**
 * A run wants to be looked at.
 *
 * @param due when, in whole milliseconds, not before 1970
 * @param run which run
 */
public record Timer(Instant due, RunId run) {

  private static final int SIZE = Long.BYTES + 2 * Long.BYTES;

  public Timer {
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(run, "run");
    if (due.toEpochMilli() < 0 || due.getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException("timer of run " + run + " is due at " + due);
    }
  }

  /** Orders by due time, as stores compare bytes without sign. */
  Bytes key() {
    return Bytes.wrap(
        ByteBuffer.allocate(SIZE)
            .putLong(due.toEpochMilli())
            .putLong(run.value().getMostSignificantBits())
            .putLong(run.value().getLeastSignificantBits())
            .array());
  }

  static Timer of(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    return new Timer(
        Instant.ofEpochMilli(bytes.getLong()),
        new RunId(new UUID(bytes.getLong(), bytes.getLong())));
  }

  /** Before every timer. */
  static Bytes first() {
    return Bytes.wrap(new byte[SIZE]);
  }

  /** After every timer that is due by {@code now}, before every other. */
  static Bytes lastBy(Instant now) {
    return Bytes.wrap(
        ByteBuffer.allocate(SIZE).putLong(now.toEpochMilli()).putLong(-1).putLong(-1).array());
  }
}
