package dev.greenstick.probe.alert;

import dev.greenstick.contracts.experiment.AlertFeed;
import dev.greenstick.contracts.health.AlertObserved;
import dev.greenstick.contracts.health.AlertWatch;
import dev.greenstick.probe.clock.RunClock;
import dev.greenstick.probe.clock.Wakeups;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Looks for the alerts of one run until it is closed: each source at its own interval, the next
 * look never before the last one was answered. Safe for many threads.
 */
public final class AlertLooks {

  private final List<AlertFeed> feeds;
  private final AlertLedger ledger;
  private final AlertSource source;
  private final RunClock clock;
  private final Wakeups wakeups;
  private final BiConsumer<Instant, AlertObserved> changed;
  // Guarded by this, like the ledger: nothing is told after the close.
  private boolean closed;

  /**
   * @param source asks these feeds; closed with this
   * @param changed told of every change, with the instant at which it was seen
   */
  public AlertLooks(
      List<AlertFeed> feeds,
      AlertLedger ledger,
      AlertSource source,
      RunClock clock,
      Wakeups wakeups,
      BiConsumer<Instant, AlertObserved> changed) {
    this.feeds = List.copyOf(feeds);
    this.ledger = ledger;
    this.source = source;
    this.clock = clock;
    this.wakeups = wakeups;
    this.changed = changed;
  }

  /** Begins, with a first look at once. */
  public void start() {
    for (int feed = 0; feed < feeds.size(); feed++) {
      if (feeds.get(feed).source() != AlertFeed.Source.WEBHOOK) {
        look(feed, clock.offsetNanos());
      }
    }
  }

  private void look(int feed, long offsetNanos) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    source
        .look(feed)
        .thenAccept(
            sight -> {
              looked(feed, sight);
              long next =
                  Math.max(offsetNanos + feeds.get(feed).every().toNanos(), clock.offsetNanos());
              wakeups.at(clock.tickAt(next), () -> look(feed, next));
            });
  }

  private synchronized void looked(int feed, Sight sight) {
    if (!closed) {
      Instant at = now();
      ledger.looked(feed, at, sight).forEach(change -> changed.accept(at, change));
    }
  }

  /** Takes in what somebody tells without being asked. */
  public synchronized void told(Told told) {
    if (!closed) {
      Instant at = now();
      ledger.told(at, told).forEach(change -> changed.accept(at, change));
    }
  }

  /** Looks no more; whether it did all the time. */
  public synchronized AlertWatch close() {
    closed = true;
    source.close();
    return ledger.until(now());
  }

  private Instant now() {
    return clock.startedAt().plusNanos(clock.offsetNanos());
  }
}
