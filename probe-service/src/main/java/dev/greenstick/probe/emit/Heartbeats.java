package dev.greenstick.probe.emit;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.agent.AgentHeartbeat;
import dev.greenstick.probe.clock.Ticker;
import dev.greenstick.probe.clock.Wakeups;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Says every few seconds that the probe is there. A heartbeat that the broker has not taken yet
 * keeps others from lining up behind it: only the last one is of use.
 */
public final class Heartbeats {

  private static final Logger LOG = Logger.getLogger(Heartbeats.class);

  private final URI source;
  private final Function<Instant, AgentHeartbeat> beat;
  private final Duration every;
  private final Function<Event<AgentHeartbeat>, CompletionStage<?>> sending;
  private final Ticker ticker;
  private final Wakeups wakeups;
  private final InstantSource wall;
  private final AtomicBoolean underway = new AtomicBoolean();
  private volatile boolean stopped;

  public Heartbeats(
      URI source,
      Function<Instant, AgentHeartbeat> beat,
      Duration every,
      Function<Event<AgentHeartbeat>, CompletionStage<?>> sending,
      Ticker ticker,
      Wakeups wakeups,
      InstantSource wall) {
    this.source = source;
    this.beat = beat;
    this.every = every;
    this.sending = sending;
    this.ticker = ticker;
    this.wakeups = wakeups;
    this.wall = wall;
  }

  /** Begins, with the first one at once. */
  public void start() {
    beatAt(ticker.nanos());
  }

  /** Sends no more. */
  public void stop() {
    stopped = true;
  }

  private void beatAt(long tickNanos) {
    if (stopped) {
      return;
    }
    if (underway.compareAndSet(false, true)) {
      Instant now = wall.instant();
      sending
          .apply(Event.of(source, now, beat.apply(now)))
          .whenComplete((done, failure) -> sent(failure));
    }
    long next = tickNanos + every.toNanos();
    wakeups.at(next, () -> beatAt(next));
  }

  private void sent(Throwable failure) {
    underway.set(false);
    if (failure != null) {
      LOG.warnf("A heartbeat was not written, the next one follows: %s", failure);
    }
  }
}
