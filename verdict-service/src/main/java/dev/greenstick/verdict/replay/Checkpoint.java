package dev.greenstick.verdict.replay;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How far a partition was replayed.
 *
 * @param partition the partition
 * @param resume topic to the offset to read on from: before any record of a run that is not done
 * @param seen topic to the offset before which everything was counted
 * @param done runs that are judged; in a progress file those since the checkpoint before
 * @param counts what it came to so far
 */
record Checkpoint(
    int partition,
    Map<String, Long> resume,
    Map<String, Long> seen,
    List<UUID> done,
    Counts counts) {

  Checkpoint {
    resume = Map.copyOf(resume);
    seen = Map.copyOf(seen);
    done = List.copyOf(done);
  }

  /** Nothing was replayed of it. */
  static Checkpoint beginning(int partition) {
    return new Checkpoint(partition, Map.of(), Map.of(), List.of(), Counts.NONE);
  }
}
