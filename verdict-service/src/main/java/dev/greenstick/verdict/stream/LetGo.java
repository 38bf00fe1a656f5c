package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.listing.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

/**
 * Takes old runs out of every store; their history stays in Kafka as long as that keeps it. A sweep
 * does a bounded amount of work, and the next one goes on where it stopped.
 */
final class LetGo {

  private static final Logger LOG = Logger.getLogger(LetGo.class);
  private static final int MOST_RUNS = 1_000;
  private static final int MOST_KEYS = 50_000;

  private final KeyValueStore<String, byte[]> listed;
  private final Listing listing;
  private final List<KeyValueStore<String, ?>> byRun;
  private final List<KeyValueStore<String, ?>> byPlace;
  private final Counters counters;

  private LetGo(
      KeyValueStore<String, byte[]> listed,
      Listing listing,
      List<KeyValueStore<String, ?>> byRun,
      List<KeyValueStore<String, ?>> byPlace,
      Counters counters) {
    this.listed = listed;
    this.listing = listing;
    this.byRun = byRun;
    this.byPlace = byPlace;
    this.counters = counters;
  }

  static LetGo of(
      ProcessorContext<?, ?> context,
      StoreNames names,
      ListNames lists,
      Listing listing,
      Counters counters) {
    return new LetGo(
        context.getStateStore(lists.listed()),
        listing,
        List.of(
            context.getStateStore(names.runs()),
            context.getStateStore(names.tallies()),
            context.getStateStore(names.handedDown())),
        List.of(context.getStateStore(names.evidence()), context.getStateStore(lists.late())),
        counters);
  }

  /** Lets go of the runs that were due before an instant and are over; one day every run is. */
  void before(Instant horizon) {
    int left = MOST_KEYS;
    for (String run : due(horizon)) {
      left -= forget(run, left);
      if (left <= 0) {
        return;
      }
    }
  }

  private List<String> due(Instant horizon) {
    Filter.Range range =
        new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(horizon))
            .keys(null);
    List<String> due = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> oldest = listed.range(range.first(), range.last())) {
      while (oldest.hasNext() && due.size() < MOST_RUNS) {
        String run = Filter.position(oldest.next().key).run().toString();
        Standing standing = listing.of(run);
        if (standing != null && standing.ending() != Ending.OPEN) {
          due.add(run);
        }
      }
    }
    return due;
  }

  /** Its place in the lists goes last, so that a sweep that was interrupted finds it again. */
  private int forget(String run, int most) {
    byRun.forEach(store -> store.delete(run));
    int gone = 0;
    for (KeyValueStore<String, ?> store : byPlace) {
      List<String> keys = new ArrayList<>();
      try (KeyValueIterator<String, ?> places = store.range(run + "/", run + "0")) {
        while (places.hasNext() && gone + keys.size() < most) {
          keys.add(places.next().key);
        }
      }
      keys.forEach(store::delete);
      gone += keys.size();
    }
    if (gone < most) {
      listing.remove(run);
      counters.letGo();
      LOG.debugf("run %s is older than what is kept: it left the stores", run);
    }
    return gone + 1;
  }
}
