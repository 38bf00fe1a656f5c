package dev.greenstick.verdict.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A set of window indices as ranges: one range as long as windows come without a gap, however many
 * they are.
 *
 * @param ranges apart from each other and in order
 */
public record Indices(List<Range> ranges) {

  public static final Indices NONE = new Indices(List.of());

  public Indices {
    ranges = List.copyOf(ranges);
  }

  /**
   * @param from the first index
   * @param to the last index, included
   */
  public record Range(int from, int to) {}

  /** All indices that are set. */
  static Indices of(BitSet set) {
    List<Range> ranges = new ArrayList<>();
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int end = set.nextClearBit(from);
      ranges.add(new Range(from, end - 1));
      from = set.nextSetBit(end);
    }
    return new Indices(ranges);
  }

  /** A new set of all indices that are in it. */
  BitSet set() {
    BitSet set = new BitSet();
    ranges.forEach(range -> set.set(range.from(), range.to() + 1));
    return set;
  }

  /** With one index more. */
  public Indices with(int index) {
    List<Range> merged = new ArrayList<>(ranges.size() + 1);
    int from = index;
    int to = index;
    int at = 0;
    for (Range range : ranges) {
      if ((long) range.to() + 1 < from) {
        merged.add(range);
        at = merged.size();
      } else if (range.from() > (long) to + 1) {
        merged.add(range);
      } else {
        from = Math.min(from, range.from());
        to = Math.max(to, range.to());
      }
    }
    merged.add(at, new Range(from, to));
    return new Indices(merged);
  }

  /** Whether it is in it. */
  public boolean holds(int index) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = ranges.get(middle);
      if (index < range.from()) {
        high = middle - 1;
      } else if (index > range.to()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** The first index that is not in it. */
  public int firstMissing() {
    return ranges.isEmpty() || ranges.getFirst().from() > 0 ? 0 : ranges.getFirst().to() + 1;
  }

  /** Whether every index from 0 to one less than {@code count} is in it. */
  public boolean holdsFirst(int count) {
    return count <= 0
        || (!ranges.isEmpty() && ranges.get(0).from() == 0 && ranges.get(0).to() >= count - 1);
  }

  /** How many of the indices below {@code count} are not in it. */
  public int missingBelow(int count) {
    int held = 0;
    for (Range range : ranges) {
      int from = Math.max(0, range.from());
      int to = Math.min(count - 1, range.to());
      held += Math.max(0, to - from + 1);
    }
    return Math.max(0, count) - held;
  }
}
