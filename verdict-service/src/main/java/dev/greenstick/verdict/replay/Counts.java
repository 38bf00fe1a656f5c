package dev.greenstick.verdict.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replay comes to.
 *
 * @param records records that were read
 * @param unread records of the selection that are no events: what is a dead letter to the live fold
 * @param afterVerdict records of runs that came after everything their verdict rests on: late, or
 *     told again
 * @param secondVerdicts verdicts beyond the first of a run, of which there should be none
 * @param earlier baselines and breached stop conditions that were reached again, byte for byte, of
 *     runs whose verdict was, too
 * @param runs how many runs there are of each status, and of each change of outcome
 */
public record Counts(
    long records,
    long unread,
    long afterVerdict,
    long secondVerdicts,
    long earlier,
    SortedMap<Outcome.Status, Long> runs) {

  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, new TreeMap<>());

  /** Both together. */
  public Counts plus(Counts other) {
    SortedMap<Outcome.Status, Long> both = new TreeMap<>(runs);
    other.runs.forEach((status, count) -> both.merge(status, count, Long::sum));
    return new Counts(
        records + other.records,
        unread + other.unread,
        afterVerdict + other.afterVerdict,
        secondVerdicts + other.secondVerdicts,
        earlier + other.earlier,
        both);
  }

  /** How many runs have this status. */
  public long of(Outcome.Status status) {
    return runs.getOrDefault(status, 0L);
  }

  /** Whether any run could be judged. */
  @JsonIgnore
  public boolean isJudged() {
    return of(Outcome.Status.IDENTICAL)
            + of(Outcome.Status.DIFFERENT)
            + of(Outcome.Status.UNCHANGED)
            + of(Outcome.Status.CHANGED)
            + of(Outcome.Status.NEW)
        > 0;
  }

  /** Whether every verdict was reached again as recorded, or no outcome is another one. */
  @JsonIgnore
  public boolean clean() {
    return of(Outcome.Status.DIFFERENT) == 0
        && of(Outcome.Status.CHANGED) == 0
        && secondVerdicts == 0;
  }
}
