package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Plausible;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.listing.Standing;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps what runs are found by, after the fold has seen the event; keeps what came after the
 * verdict, which the fold does not; lets runs go that are older than what is kept.
 */
final class ListRuns extends ContextualProcessor<String, Inbound, Void, Void> {

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final StoreNames names;
  private final ListNames lists;
  private final Duration retention;
  private final Counters counters;
  private KeyValueStore<String, Progress> runs;
  private KeyValueStore<String, Evidence> evidence;
  private KeyValueStore<String, Evidence> late;
  private Listing listing;

  ListRuns(StoreNames names, ListNames lists, Duration retention, Counters counters) {
    this.names = names;
    this.lists = lists;
    this.retention = retention;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    super.init(context);
    runs = context.getStateStore(names.runs());
    evidence = context.getStateStore(names.evidence());
    late = context.getStateStore(lists.late());
    KeyValueStore<String, byte[]> listed = context.getStateStore(lists.listed());
    listing = new Listing(context.getStateStore(lists.standings()), listed);
    LetGo letGo = LetGo.of(context, names, lists, listing, counters);
    context.schedule(
        SWEEP,
        PunctuationType.WALL_CLOCK_TIME,
        now -> letGo.before(Instant.ofEpochMilli(now).minus(retention)));
  }

  @Override
  public void process(Record<String, Inbound> record) {
    if (!(record.value() instanceof Inbound.Read(Evidence arrived))) {
      return;
    }
    String run = record.key();
    Standing standing = listing.of(run);
    boolean open = standing != null && standing.ending() == Ending.OPEN;
    if (open && arrived.data() instanceof HealthWindow) {
      // What most events are, and none of them changes where a run stands.
      return;
    }
    Progress progress = runs.get(run);
    if (progress == null) {
      return;
    }
    listing.put(
        new Standing(
            progress.run(),
            progress.scheduledFor().orElse(standing == null ? arrived.time() : standing.due()),
            Ending.of(progress)));
    if (progress.closed()) {
      keepWhatIsLate(run, arrived);
    }
  }

  /** What the verdict was reached by is in its evidence; what is not there came after it. */
  private void keepWhatIsLate(String run, Evidence arrived) {
    String key = StoredHistory.key(run, arrived.place());
    Evidence judged = evidence.get(key);
    if (judged == null || !judged.data().equals(arrived.data())) {
      late.putIfAbsent(key, arrived);
    }
  }

  /** Events of a run that has no plan may come for as long as the longest run takes. */
  static final Duration LONGEST = Duration.ofSeconds(Plausible.MOST_WINDOWS);
}
