package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What was read of a run that is not yet judged. For one thread. */
final class HeldRun {

  /** What a record costs beside its bytes, as far as that can be said. */
  private static final long OVERHEAD = 400;

  private final SortedMap<String, Object> events = new TreeMap<>();
  private final SortedMap<ProbeName, Slots> windows = new TreeMap<>();
  private final List<Evidence> contradicting = new ArrayList<>();
  private final Map<String, Long> first = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private RunRef run;
  private RecordedVerdict recorded;
  private final List<RecordedEvent> earlier = new ArrayList<>();
  private boolean twice;
  private long bytes;

  /** Adds an event, with the size of its record in bytes. */
  void add(Evidence evidence, int size) {
    run = run == null ? evidence.data().run() : run;
    seen(evidence.origin().topic(), evidence.origin().offset());
    Object there = putIfAbsent(evidence);
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

  private Object putIfAbsent(Evidence evidence) {
    if (!(evidence.data() instanceof HealthWindow window)) {
      return events.putIfAbsent(evidence.place(), evidence);
    }
    Slots slots = windows.get(window.probe());
    if (slots == null) {
      slots = new Slots();
      windows.put(window.probe(), slots);
    }
    return slots.putIfAbsent(window.index(), evidence);
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

  /** Adds what was handed down before the verdict: a baseline, or a stop condition that held. */
  void addEarlier(RecordedEvent event) {
    run = run == null ? event.event().data().run() : run;
    seen(event.origin().topic(), event.origin().offset());
    earlier.add(event);
    bytes += OVERHEAD + event.value().length;
  }

  /** What was handed down before the verdict, in its order. */
  List<RecordedEvent> earlier() {
    return earlier;
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
    boolean[] found = {contradicting.stream().anyMatch(one -> one.origin().equals(origin))};
    each(slot -> found[0] |= isAt(slot, offset) && origin(slot).equals(origin));
    return found[0];
  }

  private static boolean isAt(Object slot, long offset) {
    return origin(slot).offset() == offset;
  }

  private static Origin origin(Object slot) {
    return slot instanceof Evidence evidence ? evidence.origin() : ((Spill.Away) slot).origin();
  }

  private void each(Consumer<Object> each) {
    events.values().forEach(each);
    windows.values().forEach(slots -> slots.each(each));
  }

  /** Moves events to the file. */
  void spill(Spill spill) {
    UnaryOperator<Object> away =
        slot -> slot instanceof Evidence evidence ? spill.write(evidence) : slot;
    events.replaceAll((_, slot) -> away.apply(slot));
    int count = events.size();
    for (Slots slots : windows.values()) {
      slots.replaceAll(away);
      count += slots.size();
    }
    bytes =
        count * OVERHEAD / 2
            + contradicting.size() * 2 * OVERHEAD
            + earlier.stream().mapToLong(event -> OVERHEAD + event.value().length).sum();
  }

  /** The history that these events are, each once; what contradicts is settled among them. */
  History history(Predicate<Evidence> counts, Spill spill) {
    Kept kept = new Kept(counts, spill);
    if (contradicting.isEmpty()) {
      return kept;
    }
    Gathered gathered = new Gathered();
    kept.events().forEach(gathered::add);
    kept.windows(gathered::add);
    contradicting.stream().filter(counts).forEach(gathered::add);
    return gathered;
  }

  private final class Kept implements History {

    private final Predicate<Evidence> counts;
    private final Spill spill;

    Kept(Predicate<Evidence> counts, Spill spill) {
      this.counts = counts;
      this.spill = spill;
    }

    @Override
    public List<Evidence> events() {
      List<Evidence> shown = new ArrayList<>(events.size());
      events.values().forEach(slot -> show(slot, shown::add));
      return shown;
    }

    @Override
    public Optional<Evidence> at(String place) {
      Object slot = events.get(place);
      return slot == null ? Optional.empty() : Optional.of(read(slot)).filter(counts);
    }

    @Override
    public void windows(Consumer<Evidence> each) {
      windows.values().forEach(slots -> slots.each(slot -> show(slot, each)));
    }

    private void show(Object slot, Consumer<Evidence> each) {
      Evidence evidence = read(slot);
      if (counts.test(evidence)) {
        each.accept(evidence);
      }
    }

    private Evidence read(Object slot) {
      return slot instanceof Evidence here ? here : spill.read((Spill.Away) slot);
    }
  }
}
