package dev.greenstick.verdict.hypothesis;

import java.time.Instant;
import java.util.Map;

/**
 * What stop conditions are judged by while a fault is live: the sums so far, so that a window costs
 * the same however many came before it.
 *
 * @param tallies the windows of each part that is named, by the part's name
 * @param streaks how long each condition of a function has held, by the function as it is named
 * @param until the end of the last window
 */
public record LiveTally(
    Map<String, Tally.Kept> tallies, Map<String, LiveStreak> streaks, Instant until) {

  public LiveTally {
    tallies = Map.copyOf(tallies);
    streaks = Map.copyOf(streaks);
  }
}
