package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.id.EventId;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.verdict.BaselineJudged;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Origin;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.hypothesis.Judge;
import dev.greenstick.verdict.hypothesis.RunFacts;
import dev.greenstick.verdict.intake.Intake;
import dev.greenstick.verdict.intake.Taken;
import dev.greenstick.verdict.run.RunFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The state of one run as of any of its events: the fold of those that came no later. */
public final class TimeTravel {

  private final RunFold fold;

  public TimeTravel(Bounds bounds) {
    this.fold = new RunFold(new RunFacts(bounds), new Judge());
  }

  /** A point in the order of a history. */
  private record Moment(Instant time, Origin origin, String id) implements Comparable<Moment> {

    private static final Comparator<Moment> ORDER =
        Comparator.comparing(Moment::time).thenComparing(Moment::origin);

    static Moment of(Evidence evidence) {
      return new Moment(evidence.time(), evidence.origin(), TimeTravel.id(evidence.data()));
    }

    @Override
    public int compareTo(Moment other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The state after the events up to a point; empty when no event lies there or before.
   *
   * @param history of one run
   */
  public Optional<RunState> of(History history, AsOf asOf) {
    List<Moment> moments = new ArrayList<>();
    history.events().forEach(evidence -> moments.add(Moment.of(evidence)));
    history.windows(evidence -> moments.add(Moment.of(evidence)));
    moments.sort(null);
    int count = count(moments, asOf);
    if (count < 1 || count > moments.size()) {
      return Optional.empty();
    }
    return Optional.of(state(new Until(history, moments.get(count - 1)), count, moments.size()));
  }

  private static int count(List<Moment> moments, AsOf asOf) {
    return switch (asOf) {
      case AsOf.Last _ -> moments.size();
      case AsOf.Number(int count) -> count;
      case AsOf.At(Instant instant) ->
          (int) moments.stream().filter(moment -> !moment.time().isAfter(instant)).count();
      case AsOf.After(Origin origin) ->
          1 + moments.stream().map(Moment::origin).toList().indexOf(origin);
      case AsOf.Id(String id) -> 1 + moments.stream().map(Moment::id).toList().indexOf(id);
    };
  }

  private RunState state(Until history, int count, int all) {
    Evidence last = history.last();
    Progress progress = fold.afresh(Progress.of(last.data().run()), history);
    Event<VerdictReached> soFar = fold.verdict(progress, history);
    Optional<Event<BaselineJudged>> baseline =
        progress.baselineComplete() || progress.baselineTooThin()
            ? Optional.of(fold.baseline(progress, history))
            : Optional.empty();
    return new RunState(
        progress.run(),
        new RunState.LastEvent(
            Event.typeOf(last.data().getClass()), id(last.data()), last.time(), last.origin()),
        count,
        all,
        progress.end() != null,
        progress.faults(),
        progress.windows(),
        progress.lacking(),
        baseline.map(Event::data).orElse(null),
        soFar.data().facts(),
        soFar.data().judgements());
  }

  private static String id(RunData data) {
    return EventId.of(Event.typeOf(data.getClass()), data.subject(), data.identity()).toString();
  }

  /** The events of a history up to a moment. */
  private record Until(History whole, Moment moment) implements History {

    private boolean holds(Evidence evidence) {
      return Moment.of(evidence).compareTo(moment) <= 0;
    }

    Evidence last() {
      List<Evidence> found = new ArrayList<>();
      Consumer<Evidence> find =
          evidence -> {
            if (evidence.origin().equals(moment.origin())) {
              found.add(evidence);
            }
          };
      whole.events().forEach(find);
      whole.windows(find);
      return found.getFirst();
    }

    @Override
    public List<Evidence> events() {
      return whole.events().stream().filter(this::holds).toList();
    }

    @Override
    public void windows(Consumer<Evidence> each) {
      whole.windows(
          evidence -> {
            if (holds(evidence)) {
              each.accept(evidence);
            }
          });
    }
  }

  /** The whole history of one run as a recording holds it; empty when it holds none. */
  public static Optional<History> history(Recording recording, RunId run)
      throws RecordingException, InterruptedException {
    int only = recording.partitionOf(run.toString());
    List<Integer> partitions =
        recording.partitions().stream().filter(one -> only < 0 || one == only).toList();
    List<Gathered> found =
        Lanes.each(partitions, partitions.size(), partition -> gather(recording, run, partition));
    return found.stream()
        .filter(history -> !history.isEmpty())
        .<History>map(history -> history)
        .findFirst();
  }

  private static Gathered gather(Recording recording, RunId run, int partition)
      throws RecordingException {
    Intake intake = new Intake();
    Gathered gathered = new Gathered();
    Chosen chosen = Chosen.of(Selection.of(run), recording, partition);
    try (Tape tape = recording.play(partition, Positions.BEGINNING)) {
      for (ConsumerRecord<byte[], byte[]> record = tape.next();
          record != null;
          record = tape.next()) {
        if (!record.topic().equals(Lane.VERDICTS)
            && chosen.holds(RunKey.of(record.key()), record)
            && intake.take(
                    new Origin(record.topic(), record.partition(), record.offset()),
                    record.key(),
                    record.headers(),
                    record.value())
                instanceof Taken.Read(var evidence)) {
          gathered.add(evidence);
        }
      }
    }
    return gathered;
  }
}
