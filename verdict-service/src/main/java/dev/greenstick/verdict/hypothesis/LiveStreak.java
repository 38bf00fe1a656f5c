package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.hypothesis.Statistic;
import dev.greenstick.verdict.history.Indices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How long a condition has held so far. Of seconds that are long past only the sums are kept: its
 * size does not grow with the run.
 *
 * @param waiting seconds of which not every probe has told its window, by index
 * @param recent the recent seconds in which it held
 * @param longest the most consecutive seconds
 * @param total all seconds
 */
public record LiveStreak(Map<Integer, Second> waiting, Indices recent, int longest, int total) {

  /** How far back seconds may come late, or out of order, and still count to a streak. */
  static final int KEPT = 64;

  static final LiveStreak NONE = new LiveStreak(Map.of(), Indices.NONE, 0, 0);

  public LiveStreak {
    waiting = Map.copyOf(waiting);
  }

  /**
   * With one window more.
   *
   * @param probes how many probes tell a window of each second
   * @param holds whether the condition holds in a second
   */
  LiveStreak with(HealthWindow window, int probes, Predicate<Second> holds) {
    Map<Integer, Second> open = new HashMap<>(waiting);
    Second second = open.getOrDefault(window.index(), Second.NONE).with(window);
    open.put(window.index(), second);
    LiveStreak after = this;
    for (int index : new TreeSet<>(open.keySet())) {
      boolean isDue = open.get(index).windows().size() >= probes || index <= window.index() - KEPT;
      if (isDue) {
        after = after.judged(index, holds.test(open.remove(index)));
      }
    }
    return new LiveStreak(open, after.recent, after.longest, after.total);
  }

  private LiveStreak judged(int index, boolean held) {
    // A window that comes after its second was judged without it does not count that once more.
    if (!held || recent.holds(index)) {
      return this;
    }
    Indices more = recent.with(index);
    int most =
        more.ranges().stream().mapToInt(range -> range.to() - range.from() + 1).max().orElseThrow();
    List<Indices.Range> kept =
        more.ranges().stream().filter(range -> range.to() >= index - KEPT).toList();
    return new LiveStreak(waiting, new Indices(kept), Math.max(longest, most), total + 1);
  }

  double of(Statistic.Sustained.Kind kind) {
    return switch (kind) {
      case LONGEST, CONSECUTIVE -> longest;
      case TOTAL -> total;
    };
  }
}
