package dev.greenstick.verdict.hypothesis;

import java.time.Instant;
import java.util.Map;

/**
 * {@link LiveSums} as they are kept.
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
