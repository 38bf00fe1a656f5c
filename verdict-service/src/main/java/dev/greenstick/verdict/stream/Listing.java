package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.listing.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps every list that a run is in: the keys of its standing and no others. */
final class Listing {

  private static final byte[] HERE = {};

  private final KeyValueStore<String, Standing> standings;
  private final KeyValueStore<String, byte[]> listed;

  Listing(KeyValueStore<String, Standing> standings, KeyValueStore<String, byte[]> listed) {
    this.standings = standings;
    this.listed = listed;
  }

  /** Where a run stands; null when it is not listed. */
  Standing of(String run) {
    return standings.get(run);
  }

  /** Lists a run there and nowhere else. */
  void put(Standing standing) {
    String run = standing.run().id().toString();
    Standing before = standings.get(run);
    if (standing.equals(before)) {
      return;
    }
    List<String> keys = standing.keys();
    if (before != null) {
      Set<String> gone = new HashSet<>(before.keys());
      keys.forEach(gone::remove);
      gone.forEach(listed::delete);
    }
    keys.forEach(key -> listed.put(key, HERE));
    standings.put(run, standing);
  }

  /** Lists a run no more. */
  void remove(String run) {
    Standing before = standings.delete(run);
    if (before != null) {
      before.keys().forEach(listed::delete);
    }
  }
}
