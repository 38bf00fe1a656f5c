package dev.greenstick.verdict.replay;

import java.util.SortedSet;

/** History as it was recorded: topics that are co-partitioned by run. */
public interface Recording {

  /** The partitions that there are. */
  SortedSet<Integer> partitions();

  /** The partition in which the run with this key lies, of those there are; -1 where any may. */
  int partitionOf(String key);

  /**
   * Where one topic of a partition begins.
   *
   * @return the offset of the first record that is still there, or of the end where none is
   */
  long begin(String topic, int partition);

  /** The offset after the last record that is looked at: what comes later is not. */
  long end(String topic, int partition);

  /**
   * Plays a partition of the topics of history and of the verdicts.
   *
   * @param from where to begin
   */
  Tape play(int partition, Positions from) throws RecordingException;
}
