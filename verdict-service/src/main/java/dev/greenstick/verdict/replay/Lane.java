package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.intake.Intake;
import dev.greenstick.verdict.intake.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Replays one partition of all topics of history. A run is held from its first record until
 * everything was read that its verdict rests on, so that memory holds the runs that lived at the
 * same time and no others; beyond a bound it lies in a file. For one thread.
 */
final class Lane {

  /** Every topic that is replayed. */
  static final List<String> TOPICS =
      Stream.concat(Intake.HISTORY.stream(), Stream.of(Topics.VERDICTS)).map(Topic::name).toList();

  /** So many records lie between two checkpoints. */
  private static final int CHECKPOINT = 200_000;

  private static final int PACE = 1_000;
  static final String VERDICTS = Topics.VERDICTS.name();

  private final Recording recording;
  private final Selection selection;
  private final Comparison comparison;
  private final long memory;
  private final Intake intake = new Intake();
  private final Map<UUID, HeldRun> open = new HashMap<>();
  private final Set<UUID> done;
  private final List<UUID> freshlyDone = new ArrayList<>();
  private final Counts before;
  private final Checkpoint start;
  private final Map<Outcome.Status, Long> runs = new TreeMap<>();
  private long records;
  private long unread;
  private long afterVerdict;
  private long secondVerdicts;
  private long earlier;
  private long held;

  /**
   * @param memory about how many bytes may be held
   * @param start where an earlier replay had come to
   */
  Lane(
      Recording recording,
      Selection selection,
      Comparison comparison,
      long memory,
      Checkpoint start) {
    this.recording = recording;
    this.selection = selection;
    this.comparison = comparison;
    this.memory = memory;
    this.start = start;
    this.before = start.counts();
    this.done = new HashSet<>(start.done());
  }

  /** Takes what a lane has to tell. */
  interface Told {

    void judged(Judged judged) throws RecordingException;

    /** Everything before this was told. */
    void reached(Checkpoint checkpoint) throws RecordingException;
  }

  /** Plays it to its end, or until the one run that was asked for is judged. */
  Counts play(Pace pace, Told told) throws RecordingException, InterruptedException {
    Chosen chosen = Chosen.of(selection, recording, start.partition());
    Positions from =
        start.resume().isEmpty()
            ? new Positions(Map.of(), Chosen.since(selection))
            : new Positions(start.resume(), Optional.empty());
    try (Spill spill = new Spill();
        Tape tape = recording.play(start.partition(), from)) {
      for (var record = tape.next(); record != null; record = tape.next()) {
        records++;
        take(chosen, record, spill, told);
        if (records % PACE == 0) {
          pace.read(PACE);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
        if (records % CHECKPOINT == 0) {
          told.reached(checkpoint(tape.positions()));
        }
        if (chosen.runs() == done.size() && comparison.closesEarly()) {
          break;
        }
      }
      pace.read(records % PACE);
      for (var run : List.copyOf(open.entrySet())) {
        if (run.getValue().run() != null) {
          close(run.getKey(), run.getValue(), spill, told);
        }
      }
      told.reached(checkpoint(tape.positions()));
    }
    return counts();
  }

  private void take(Chosen chosen, ConsumerRecord<byte[], byte[]> record, Spill spill, Told told)
      throws RecordingException {
    UUID run = RunKey.of(record.key());
    if (!chosen.holds(run, record)) {
      return;
    }
    boolean verdicts = record.topic().equals(VERDICTS);
    boolean fresh = record.offset() >= start.seen().getOrDefault(record.topic(), 0L);
    if (verdicts && !RecordedVerdict.is(record)) {
      if (run != null && !done.contains(run) && comparison.verifies()) {
        earlier(run, record);
      }
      return;
    }
    if (run != null && done.contains(run)) {
      if (fresh) {
        afterVerdict += verdicts ? 0 : 1;
        secondVerdicts += verdicts ? 1 : 0;
      }
      return;
    }
    if (!(verdicts ? verdict(run, record) : evidence(run, record))) {
      unread += fresh ? 1 : 0;
      return;
    }
    HeldRun one = open.get(run);
    if (comparison.closesEarly() && one.isComplete()) {
      close(run, one, spill, told);
    } else if (held > memory) {
      makeRoom(spill);
    }
  }

  /** Whether it is one. */
  private boolean evidence(UUID run, ConsumerRecord<byte[], byte[]> record) {
    Origin origin = new Origin(record.topic(), record.partition(), record.offset());
    if (!(intake.take(origin, record.key(), record.headers(), record.value())
        instanceof Taken.Read(var evidence))) {
      return false;
    }
    HeldRun one = open.computeIfAbsent(run, _ -> new HeldRun());
    held -= one.bytes();
    one.add(evidence, record.value().length);
    held += one.bytes();
    return true;
  }

  private boolean verdict(UUID run, ConsumerRecord<byte[], byte[]> record) {
    RecordedEvent read = RecordedEvent.of(record).orElse(null);
    if (run == null || read == null || !(read.event().data() instanceof VerdictReached reached)) {
      return false;
    }
    open.computeIfAbsent(run, _ -> new HeldRun()).add(new RecordedVerdict(read, reached));
    return true;
  }

  private void earlier(UUID run, ConsumerRecord<byte[], byte[]> record) {
    RecordedEvent.of(record)
        .ifPresent(
            event -> {
              HeldRun one = open.computeIfAbsent(run, _ -> new HeldRun());
              held -= one.bytes();
              one.addEarlier(event);
              held += one.bytes();
            });
  }

  private void makeRoom(Spill spill) {
    HeldRun largest =
        open.values().stream().max(Comparator.comparingLong(HeldRun::bytes)).orElseThrow();
    held -= largest.bytes();
    largest.spill(spill);
    held += largest.bytes();
  }

  private void close(UUID run, HeldRun one, Spill spill, Told told) throws RecordingException {
    Judged judged = comparison.of(one, spill);
    runs.merge(judged.outcome().status(), 1L, Long::sum);
    earlier += judged.outcome().status() == Outcome.Status.IDENTICAL ? one.earlier().size() : 0;
    secondVerdicts += one.judgedTwice() ? 1 : 0;
    told.judged(judged);
    held -= one.bytes();
    open.remove(run);
    done.add(run);
    freshlyDone.add(run);
  }

  private Counts counts() {
    return before.plus(
        new Counts(records, unread, afterVerdict, secondVerdicts, earlier, new TreeMap<>(runs)));
  }

  /** To read on from the first record of any run that is open. */
  private Checkpoint checkpoint(Positions seen) {
    Map<String, Long> resume = new LinkedHashMap<>(seen.offsets());
    for (HeldRun one : open.values()) {
      one.first().forEach((topic, offset) -> resume.merge(topic, offset, Math::min));
    }
    Checkpoint checkpoint =
        new Checkpoint(start.partition(), resume, seen.offsets(), freshlyDone, counts());
    freshlyDone.clear();
    return checkpoint;
  }
}
