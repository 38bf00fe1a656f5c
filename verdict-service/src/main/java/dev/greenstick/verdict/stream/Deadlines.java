package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.run.Awaited;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Until when runs wait, in the order of time: a look costs what has passed, not what there is. An
 * entry is never moved; when its time has come it is seen whether the run still waits for that. For
 * one thread.
 */
final class Deadlines {

  /** So that a look after a long absence does not keep the records waiting; the next goes on. */
  private static final int MOST = 250;

  private static final byte[] HERE = {};
  private static final int TIME = 16;

  private final KeyValueStore<String, byte[]> store;

  /** No deadline lies before this instant, as far as is known: what a look may skip. */
  private long first;

  /**
   * @param store of which nothing is known yet
   */
  Deadlines(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * A deadline that has passed.
   *
   * @param key of its entry
   * @param run the run's id
   * @param awaited what the run waited for
   */
  record Passed(String key, String run, Awaited awaited) {}

  /** From now on a run waits for that until then, in milliseconds since 1970. */
  void begin(String run, Awaited awaited, long until) {
    store.put(time(until) + "/" + run + "/" + awaited.name(), HERE);
    first = Math.min(first, until);
  }

  /** The earliest of those that have passed. */
  List<Passed> passed(long now) {
    if (now < first) {
      return List.of();
    }
    List<Passed> passed = new ArrayList<>();
    // Above any that has passed, and everything that is kept.
    String beyond = time(now + 1);
    try (KeyValueIterator<String, byte[]> each = store.range(time(first), "~")) {
      first = Long.MAX_VALUE;
      while (each.hasNext()) {
        String key = each.next().key;
        if (passed.size() == MOST || key.compareTo(beyond) >= 0) {
          first = Long.parseLong(key.substring(0, TIME), 16);
          break;
        }
        String[] parts = key.substring(TIME + 1).split("/", 2);
        passed.add(new Passed(key, parts[0], Awaited.valueOf(parts[1])));
      }
    }
    return passed;
  }

  /** Forgets a deadline that has passed. */
  void done(Passed passed) {
    store.delete(passed.key());
  }

  private static String time(long millis) {
    return String.format("%016x", Math.max(0, millis));
  }
}
