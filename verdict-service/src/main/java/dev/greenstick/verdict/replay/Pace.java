package dev.greenstick.verdict.replay;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How far it is, how fast, and how long it will take. Safe for many threads. */
public final class Pace {

  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final long since;
  private final long total;
  private final LongAdder read = new LongAdder();

  /**
   * @param total how many records there are at most
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public Pace(long total, LongSupplier nanoTime) {
    this.total = total;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** As many records as these partitions have offsets. */
  static long total(Recording recording, Collection<Integer> partitions) {
    long total = 0;
    for (int partition : partitions) {
      for (String topic : Lane.TOPICS) {
        total += recording.end(topic, partition) - recording.begin(topic, partition);
      }
    }
    return total;
  }

  void read(long records) {
    read.add(records);
  }

  /** What to show now. */
  public Shown shown() {
    long done = read.sum();
    double seconds = Math.max((nanoTime.getAsLong() - since) / NANOS, 1e-9);
    double rate = done / seconds;
    return new Shown(
        done,
        Math.max(total, done),
        rate,
        done == 0
            ? Optional.empty()
            : Optional.of(Duration.ofMillis((long) (1_000 * (Math.max(0, total - done) / rate)))));
  }

  /**
   * @param read records so far
   * @param total records at most: offsets that only mark transactions count among them
   * @param perSecond records a second since the beginning
   * @param left how long the rest takes at this rate; empty before the first record
   */
  public record Shown(long read, long total, double perSecond, Optional<Duration> left) {

    /** One line for a person. */
    @Override
    public String toString() {
      return "%,d of %,d records, %,.0f a second%s"
          .formatted(
              read, total, perSecond, left.map(time -> ", " + clock(time) + " left").orElse(""));
    }

    private static String clock(Duration time) {
      return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
  }
}
