package dev.greenstick.verdict.run;

import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Origin;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far evidence reaches, in time and in offsets. For one thread. */
final class Extent {

  private final SortedMap<Origin, OffsetRange> ranges = new TreeMap<>();
  private Instant latest = Instant.EPOCH;

  static Extent of(History history) {
    Extent extent = new Extent();
    history.events().forEach(extent::add);
    history.windows(extent::add);
    return extent;
  }

  void add(Evidence evidence) {
    if (evidence.time().isAfter(latest)) {
      latest = evidence.time();
    }
    Origin origin = evidence.origin();
    ranges.merge(
        new Origin(origin.topic(), origin.partition(), 0),
        new OffsetRange(origin.topic(), origin.partition(), origin.offset(), origin.offset()),
        (one, other) ->
            new OffsetRange(
                one.topic(),
                one.partition(),
                Math.min(one.from(), other.from()),
                Math.max(one.to(), other.to())));
  }

  /** The time of the last event; the epoch when there is none. */
  Instant latest() {
    return latest;
  }

  /** From the first to the last event of each partition, by topic and partition. */
  List<OffsetRange> ranges() {
    return List.copyOf(ranges.values());
  }
}
