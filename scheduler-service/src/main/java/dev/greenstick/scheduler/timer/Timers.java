package dev.greenstick.scheduler.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The timers of one partition. Belongs to the stream thread of its task, as its store does.
 *
 * <p>At most {@link #AT_ONCE} timers are handed out at a time: a flood of due timers is worked off
 * in ticks that stay short, oldest first.
 */
public final class Timers {

  static final int AT_ONCE = 1_000;

  private static final byte[] PRESENT = {};

  private final KeyValueStore<Bytes, byte[]> store;

  public Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /** The store that timers are kept in. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  public void set(Timer timer) {
    store.put(timer.key(), PRESENT);
  }

  /** Nothing happens when it is not set. */
  public void cancel(Timer timer) {
    store.delete(timer.key());
  }

  /** The timers that are due, in their order; they stay set until they are cancelled. */
  public List<Timer> due(Instant now) {
    List<Timer> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(Timer.first(), Timer.lastBy(now))) {
      while (due.size() < AT_ONCE && timers.hasNext()) {
        due.add(Timer.of(timers.next().key));
      }
    }
    return due;
  }
}
