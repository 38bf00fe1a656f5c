package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.hypothesis.Bounds;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Judges recorded history once more: partitions side by side, each in one pass, with the fold and
 * the judge of the live service. Writes nothing but what its sink writes. Safe for one call at a
 * time.
 */
public final class Replay {

  private final Recording recording;
  private final Selection selection;
  private final Judging judging;
  private final Limits limits;

  /**
   * @param parallel how many partitions are read at once
   * @param memory about how many bytes of history are held in memory; what is more lies in
   *     temporary files
   * @param bounds when a prober's own lateness spoils what it measured, as the live service has it
   */
  public record Limits(int parallel, long memory, Bounds bounds) {

    public Limits {
      Objects.requireNonNull(bounds, "bounds");
      if (parallel < 1 || memory < 0) {
        throw new IllegalArgumentException(
            "parallel must be at least 1 and memory not negative, but they are "
                + parallel
                + " and "
                + memory);
      }
    }
  }

  public Replay(Recording recording, Selection selection, Judging judging, Limits limits) {
    this.recording = Objects.requireNonNull(recording, "recording");
    this.selection = Objects.requireNonNull(selection, "selection");
    this.judging = Objects.requireNonNull(judging, "judging");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Begins to measure how far it is.
   *
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public Pace pace(LongSupplier nanoTime) {
    return new Pace(Pace.total(recording, partitions()), nanoTime);
  }

  /**
   * Judges all that is selected.
   *
   * @param progress the file that says how far it has come; one that exists is gone on from
   * @return what it came to, an earlier part of the same replay included
   * @throws InterruptedException when the thread was interrupted; with a progress file another call
   *     goes on from there
   */
  public Counts run(Sink sink, Pace pace, Optional<Path> progress)
      throws RecordingException, InterruptedException {
    try (ProgressFile file = progress.isPresent() ? open(progress.get()) : null) {
      sink.begin(file == null ? Set.of() : file.done());
      List<Integer> partitions = partitions();
      Comparison comparison = new Comparison(judging, limits.bounds());
      long memory = limits.memory() / Math.min(limits.parallel(), Math.max(1, partitions.size()));
      Lane.Told told = new Telling(sink, file);
      List<Counts> counts =
          Lanes.each(
              partitions,
              limits.parallel(),
              partition ->
                  new Lane(
                          recording,
                          selection,
                          comparison,
                          memory,
                          file == null ? Checkpoint.beginning(partition) : file.of(partition))
                      .play(pace, told));
      return counts.stream().reduce(Counts.NONE, Counts::plus);
    }
  }

  private ProgressFile open(Path file) throws RecordingException {
    return new ProgressFile(
        file, Json.text(selection) + " " + judging + " " + limits.bounds() + " " + partitions());
  }

  private List<Integer> partitions() {
    int only = selection.run().map(run -> recording.partitionOf(run.toString())).orElse(-1);
    return recording.partitions().stream()
        .filter(partition -> only < 0 || only == partition)
        .toList();
  }

  /** One lane tells at a time; what was judged before a checkpoint is safe before it is written. */
  private record Telling(Sink sink, ProgressFile file) implements Lane.Told {

    @Override
    public void judged(Judged judged) throws RecordingException {
      synchronized (sink) {
        sink.take(judged);
      }
    }

    @Override
    public void reached(Checkpoint checkpoint) throws RecordingException {
      synchronized (sink) {
        sink.flush();
        if (file != null) {
          file.add(checkpoint);
        }
      }
    }
  }
}
