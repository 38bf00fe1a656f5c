package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What was read of a run that is not yet judged. For one thread. */
final class HeldRun {

  /** What a record costs beside its bytes, as far as that can be said. */
  private static final long OVERHEAD = 400;

  private final SortedMap<String, Object> places = new TreeMap<>();
  private final List<Evidence> contradicting = new ArrayList<>();
  private final Map<String, Long> first = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private RunRef run;
  private RecordedVerdict recorded;
  private boolean twice;
  private long bytes;

  /** Adds an event, with the size of its record in bytes. */
  void add(Evidence evidence, int size) {
    run = run == null ? evidence.data().run() : run;
    seen(evidence.origin().topic(), evidence.origin().offset());
    String place = evidence.place();
    Object there = places.putIfAbsent(place, evidence);
    if (there == null) {
      bytes += OVERHEAD + size;
    } else if (!(there instanceof Evidence known)
        || !known.data().equals(evidence.data())
        || !known.time().equals(evidence.time())) {
      // Which of them counts is only known when it is known which of them are evidence.
      contradicting.add(evidence);
      bytes += OVERHEAD + size;
    }
  }

  void add(RecordedVerdict verdict) {
    run = run == null ? verdict.data().run() : run;
    seen(verdict.origin().topic(), verdict.origin().offset());
    if (recorded == null) {
      recorded = verdict;
    } else {
      twice = true;
    }
  }

  private void seen(String topic, long offset) {
    first.putIfAbsent(topic, offset);
    last.put(topic, offset);
  }

  RunRef run() {
    return run;
  }

  /** Null as long as none was read. */
  RecordedVerdict recorded() {
    return recorded;
  }

  /** Whether more than one verdict was read. */
  boolean judgedTwice() {
    return twice;
  }

  /** How much memory it takes, about. */
  long bytes() {
    return bytes;
  }

  /** Topic to the offset of the first record that was read of it. */
  Map<String, Long> first() {
    return first;
  }

  /** Whether everything was read that the recorded verdict names. */
  boolean isComplete() {
    if (recorded == null) {
      return false;
    }
    for (OffsetRange range : recorded.data().evidence()) {
      if (last.getOrDefault(range.topic(), -1L) < range.to()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first and the last record of each range of evidence were read. */
  boolean holdsEndsOf(List<OffsetRange> evidence) {
    return evidence.stream()
        .allMatch(range -> holds(range, range.from()) && holds(range, range.to()));
  }

  private boolean holds(OffsetRange range, long offset) {
    Origin origin = new Origin(range.topic(), range.partition(), offset);
    return places.values().stream().anyMatch(slot -> origin(slot).equals(origin))
        || contradicting.stream().anyMatch(one -> one.origin().equals(origin));
  }

  private static Origin origin(Object slot) {
    return slot instanceof Evidence evidence ? evidence.origin() : ((Spill.Away) slot).origin();
  }

  /** Moves events to the file. */
  void spill(Spill spill) {
    places.replaceAll(
        (_, slot) -> slot instanceof Evidence evidence ? spill.write(evidence) : slot);
    bytes = places.size() * OVERHEAD / 2 + contradicting.size() * 2 * OVERHEAD;
  }

  /** The history that these events are, each once; what contradicts is settled among them. */
  History history(Predicate<Evidence> counts, Spill spill) {
    if (contradicting.isEmpty()) {
      return new Kept(places, counts, spill);
    }
    Gathered gathered = new Gathered();
    new Kept(places, counts, spill).each("", "z", gathered::add);
    contradicting.stream().filter(counts).forEach(gathered::add);
    return gathered;
  }

  private record Kept(SortedMap<String, Object> places, Predicate<Evidence> counts, Spill spill)
      implements History {

    @Override
    public List<Evidence> events() {
      List<Evidence> events = new ArrayList<>();
      each("e/", "e0", events::add);
      return events;
    }

    @Override
    public void windows(Consumer<Evidence> each) {
      each("w/", "w0", each);
    }

    private void each(String from, String to, Consumer<Evidence> each) {
      for (Object slot : places.subMap(from, to).values()) {
        Evidence evidence = slot instanceof Evidence here ? here : spill.read((Spill.Away) slot);
        if (counts.test(evidence)) {
          each.accept(evidence);
        }
      }
    }
  }
}
