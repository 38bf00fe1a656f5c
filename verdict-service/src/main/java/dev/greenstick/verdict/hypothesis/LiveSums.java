package dev.greenstick.verdict.hypothesis;

import dev.greenstick.contracts.hypothesis.Part;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The sums by which stop conditions are judged while a fault is live, so that a window costs the
 * same however many came before it. Filled by {@link LiveFacts}. For one thread.
 */
public final class LiveSums {

  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, LiveStreak> streaks = new HashMap<>();
  private Instant until = Instant.EPOCH;

  /** No window yet. */
  LiveSums() {}

  /** As {@link #keep()} kept them. */
  public static LiveSums of(LiveTally kept) {
    LiveSums sums = new LiveSums();
    kept.tallies().forEach((part, tally) -> sums.tallies.put(part, Tally.growing(tally)));
    sums.streaks.putAll(kept.streaks());
    sums.until = kept.until();
    return sums;
  }

  /** A form that can be kept. */
  public LiveTally keep() {
    Map<String, Tally.Kept> kept = new HashMap<>();
    tallies.forEach((part, tally) -> kept.put(part, tally.keep()));
    return new LiveTally(kept, streaks, until);
  }

  Tally tally(Part part) {
    return tallies.computeIfAbsent(part.word(), _ -> Tally.growing());
  }

  LiveStreak streak(String statistic) {
    return streaks.getOrDefault(statistic, LiveStreak.NONE);
  }

  void streak(String statistic, LiveStreak streak) {
    streaks.put(statistic, streak);
  }

  /** The end of the last window. */
  Instant until() {
    return until;
  }

  void seen(Instant end) {
    if (end.isAfter(until)) {
      until = end;
    }
  }
}
