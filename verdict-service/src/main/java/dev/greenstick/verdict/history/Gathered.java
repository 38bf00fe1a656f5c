package dev.greenstick.verdict.history;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A history in memory, gathered event by event. For one thread. */
public final class Gathered implements History {

  private final SortedMap<String, Evidence> places = new TreeMap<>();

  /** Adds an event, unless it is there already; tells whether anything changed. */
  public boolean add(Evidence evidence) {
    String place = evidence.place();
    Evidence before = places.get(place);
    Evidence after = before == null ? evidence : before.or(evidence);
    places.put(place, after);
    return !after.equals(before);
  }

  /** Whether there is no event at all. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  @Override
  public List<Evidence> events() {
    return List.copyOf(places.subMap("e/", "e0").values());
  }

  @Override
  public Optional<Evidence> at(String place) {
    return Optional.ofNullable(places.get(place));
  }

  @Override
  public void windows(Consumer<Evidence> each) {
    places.subMap("w/", "w0").values().forEach(each);
  }
}
