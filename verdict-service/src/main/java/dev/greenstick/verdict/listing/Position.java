package dev.greenstick.verdict.listing;

import dev.greenstick.contracts.id.RunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where a run stands among others: by the instant it was due, then by its id, so that no two stand
 * at the same place and a page can go on after any of them.
 *
 * @param due the instant the run was due; where neither plan nor skip was read, the time of the
 *     first event that was
 * @param run the run
 */
public record Position(Instant due, RunId run) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::due).thenComparing(position -> position.run().toString());

  private static final long NANOS = 1_000_000_000L;

  public Position {
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(run, "run");
  }

  /** The later comes after the earlier. */
  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** As part of a key: in the order of text. */
  String key() {
    return key(due) + "/" + run;
  }

  /**
   * An instant between 1970 and 2262 so that text has the order of time; others are the nearest.
   */
  static String key(Instant instant) {
    long nanos;
    try {
      nanos =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), NANOS), (long) instant.getNano());
    } catch (ArithmeticException e) {
      nanos = instant.getEpochSecond() < 0 ? 0 : Long.MAX_VALUE;
    }
    return String.format("%016x", Math.max(0, nanos));
  }

  /** Reads what {@link #key()} wrote. */
  static Position parse(String key) {
    int slash = key.indexOf('/');
    if (slash != 16) {
      throw new IllegalArgumentException("no position: " + key);
    }
    long nanos = Long.parseLong(key.substring(0, slash), 16);
    return new Position(
        Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS), RunId.parse(key.substring(slash + 1)));
  }
}
