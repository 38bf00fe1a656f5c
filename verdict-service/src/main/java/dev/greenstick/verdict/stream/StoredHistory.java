package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Plausible;
import dev.greenstick.verdict.history.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
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
  public Optional<Evidence> at(String place) {
    return Optional.ofNullable(store.get(key(run, place)));
  }

  @Override
  public void windows(Consumer<Evidence> each) {
    each("w", each);
  }

  /** Everything but the windows, one by one: of a run that watches many pods it may be much. */
  public void events(Consumer<Evidence> each) {
    each("e", each);
  }

  /** Everything, one by one. */
  public void all(Consumer<Evidence> each) {
    each("e", each);
    each("w", each);
  }

  /** The windows of a probe from an index to another, the latter excluded, in their order. */
  public void windows(String probe, int from, int to, Consumer<Evidence> each) {
    String above = key(run, Evidence.window(probe, to));
    try (KeyValueIterator<String, Evidence> range =
        store.range(key(run, Evidence.window(probe, from)), above)) {
      while (range.hasNext()) {
        KeyValue<String, Evidence> next = range.next();
        if (!next.key.equals(above)) {
          each.accept(next.value);
        }
      }
    }
  }

  /**
   * How far the run has come: what was written, and the windows that came after.
   *
   * @param each is given those windows, by probe and index
   */
  public Progress complete(Progress written, Consumer<Evidence> each) {
    Progress[] complete = {written};
    written
        .windows()
        .forEach(
            (probe, indices) ->
                windows(
                    probe.value(),
                    indices.firstMissing(),
                    Plausible.MOST_WINDOWS,
                    window -> {
                      if (!indices.holds(((HealthWindow) window.data()).index())) {
                        complete[0] = complete[0].with(window);
                        each.accept(window);
                      }
                    }));
    return complete[0];
  }

  /** Everything below {@code run/kind/}: '0' is the character after '/'. */
  private void each(String kind, Consumer<Evidence> consumer) {
    try (KeyValueIterator<String, Evidence> range =
        store.range(key(run, kind + "/"), key(run, kind + "0"))) {
      range.forEachRemaining(entry -> consumer.accept(entry.value));
    }
  }
}
