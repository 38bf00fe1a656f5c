package dev.greenstick.verdict.stream;

import java.time.Duration;

/**
 * Whether what was told is also read. After an outage of this service a run's end may lie unread in
 * its topic while its deadline passes. What was read last tells: it is as old as what is being
 * written, or there was nothing to read for a while. Where clocks are so wrong that neither is ever
 * seen, attention is taken for granted after a longer while, so that nobody waits for ever. For one
 * thread; all instants in milliseconds since 1970.
 */
final class Attention {

  private final long aWhile;
  private final long longWhile;
  private long read;
  private long fresh;
  private long upToDate;

  /**
   * @param aWhile how old a record is at most that was just written, and for how long nothing is
   *     read when there is nothing
   * @param longWhile after how long without either sign it is given up to look for one
   * @param now since when anything is read
   */
  Attention(Duration aWhile, Duration longWhile, long now) {
    this.aWhile = aWhile.toMillis();
    this.longWhile = longWhile.toMillis();
    this.read = now;
    this.fresh = now - this.aWhile;
    this.upToDate = now;
  }

  /** A record was read. */
  void read(long now, long writtenAt) {
    read = now;
    if (Math.abs(now - writtenAt) <= aWhile) {
      fresh = now;
    }
  }

  /** Whether everything was read that was told, as far as can be known. */
  boolean isUpToDate(long now) {
    if (now - read >= aWhile || now - fresh < aWhile) {
      upToDate = now;
    }
    return upToDate == now || now - upToDate >= longWhile;
  }
}
