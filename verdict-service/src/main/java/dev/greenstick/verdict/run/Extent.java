package dev.greenstick.verdict.run;

import dev.greenstick.contracts.verdict.VerdictReached.OffsetRange;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How far evidence reaches, in time and in offsets. For one thread. */
final class Extent {

  private final List<Reached> ranges = new ArrayList<>();
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
    range(evidence.origin()).add(evidence.origin().offset());
  }

  /** There are three, so that to look through them costs less than to look them up. */
  private Reached range(Origin origin) {
    for (Reached range : ranges) {
      if (range.partition == origin.partition() && range.topic.equals(origin.topic())) {
        return range;
      }
    }
    Reached range = new Reached(origin);
    ranges.add(range);
    return range;
  }

  private static final class Reached {

    private final String topic;
    private final int partition;
    private long from;
    private long to;

    Reached(Origin origin) {
      topic = origin.topic();
      partition = origin.partition();
      from = origin.offset();
      to = from;
    }

    void add(long offset) {
      from = Math.min(from, offset);
      to = Math.max(to, offset);
    }
  }

  /** The time of the last event; the epoch when there is none. */
  Instant latest() {
    return latest;
  }

  /** From the first to the last event of each partition, by topic and partition. */
  List<OffsetRange> ranges() {
    return ranges.stream()
        .map(range -> new OffsetRange(range.topic, range.partition, range.from, range.to))
        .sorted(Comparator.comparing(OffsetRange::topic).thenComparingInt(OffsetRange::partition))
        .toList();
  }
}
