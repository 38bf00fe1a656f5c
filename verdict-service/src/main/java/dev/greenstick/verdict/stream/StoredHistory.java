package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The history of one run in a store that holds many. */
public final class StoredHistory implements History {

  private final ReadOnlyKeyValueStore<String, Evidence> store;
  private final String run;

  /**
   * @param store keys as {@link #key} makes them
   * @param run the run's id
   */
  public StoredHistory(ReadOnlyKeyValueStore<String, Evidence> store, String run) {
    this.store = Objects.requireNonNull(store, "store");
    this.run = Objects.requireNonNull(run, "run");
  }

  static String key(String run, String place) {
    return run + "/" + place;
  }

  @Override
  public List<Evidence> events() {
    List<Evidence> events = new ArrayList<>();
    each("e", events::add);
    return List.copyOf(events);
  }

  @Override
  public void windows(Consumer<Evidence> each) {
    each("w", each);
  }

  /** Everything below {@code run/kind/}: '0' is the character after '/'. */
  private void each(String kind, Consumer<Evidence> consumer) {
    try (KeyValueIterator<String, Evidence> range =
        store.range(key(run, kind + "/"), key(run, kind + "0"))) {
      range.forEachRemaining(entry -> consumer.accept(entry.value));
    }
  }
}
