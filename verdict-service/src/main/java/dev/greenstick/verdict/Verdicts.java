package dev.greenstick.verdict;

import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.verdict.hypothesis.Bounds;
import dev.greenstick.verdict.hypothesis.Judge;
import dev.greenstick.verdict.hypothesis.RunFacts;
import dev.greenstick.verdict.run.RunFold;
import dev.greenstick.verdict.stream.Flow;
import dev.greenstick.verdict.stream.ListNames;
import dev.greenstick.verdict.stream.Patience;
import dev.greenstick.verdict.stream.StoreNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;

/** The front door: from settings to the topology that folds the events of runs into verdicts. */
public final class Verdicts {

  /** Store: run to how far it has come. */
  public static final String RUNS = "runs";

  /** Store: run and place to the event there. */
  public static final String EVIDENCE = "evidence";

  /** Store: run to the sums that stop conditions are judged by. */
  public static final String TALLIES = "tallies";

  /** Store: until when runs wait for what they lack. */
  public static final String DEADLINES = "deadlines";

  /** Store: run to what was handed down about it. */
  public static final String HANDED_DOWN = "handed-down";

  /** Store: run to where it is listed. */
  public static final String STANDINGS = "standings";

  /** Store: the keys of every list of runs. */
  public static final String LISTED = "listed";

  /** Store: run and place to an event that came after the verdict. */
  public static final String LATE = "late";

  private static final ListNames LISTS = new ListNames(STANDINGS, LISTED, LATE);

  private static final StoreNames STORES =
      new StoreNames(RUNS, EVIDENCE, TALLIES, DEADLINES, HANDED_DOWN);

  private final Bounds bounds;
  private final Patience patience;
  private final Duration retention;
  private final MeterRegistry meters;

  /**
   * @param bounds when a prober's own lateness spoils what it measured
   * @param patience how long a run waits for what it lacks
   * @param retention how long ago a run may have been due before it leaves the stores
   * @param meters where to count
   */
  public Verdicts(Bounds bounds, Patience patience, Duration retention, MeterRegistry meters) {
    this.bounds = Objects.requireNonNull(bounds, "bounds");
    this.patience = Objects.requireNonNull(patience, "patience");
    this.retention = Objects.requireNonNull(retention, "retention");
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException(
          "greenstick.verdict.retention must be above 0, but is " + retention);
    }
    this.meters = Objects.requireNonNull(meters, "meters");
  }

  /** Every topic that must be there before the service starts, but for the dead letters. */
  public static List<Topic<?>> topics() {
    return List.of(Topics.RUNS, Topics.FAULTS, Topics.HEALTH, Topics.VERDICTS);
  }

  /** A topology of its own at every call. */
  public Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    Flow flow = new Flow(builder, meters);
    flow.keep(STORES);
    Flow.Reading history =
        flow.passWhatIsKept(
            flow.read(Topics.RUNS)
                .and(flow.read(Topics.FAULTS), "with-faults")
                .and(flow.read(Topics.HEALTH), "with-health"),
            STORES,
            retention);
    Flow.Folding folding =
        flow.fold(history, STORES, new RunFold(new RunFacts(bounds), new Judge()), patience);
    flow.handDown(folding);
    flow.list(folding, STORES, LISTS, retention);
    return builder.build();
  }
}
