package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Evidence;
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
 * Keeps what runs are found by, and what came after the verdict; lets runs go that are older than
 * what is kept. Hears from the fold only what changes that, which most windows do not.
 */
final class ListRuns extends ContextualProcessor<String, Told, Void, Void> {

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final StoreNames names;
  private final ListNames lists;
  private final Duration retention;
  private final Counters counters;
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
  public void process(Record<String, Told> record) {
    switch (record.value()) {
      case Told.Judged _ -> {
        // Where the run stands with it is told beside it.
      }
      case Told.Stands(Progress progress, Instant at) -> list(record.key(), progress, at);
      case Told.Late(Evidence evidence) ->
          late.putIfAbsent(StoredHistory.key(record.key(), evidence.place()), evidence);
    }
  }

  private void list(String run, Progress progress, Instant at) {
    Standing standing = listing.of(run);
    listing.put(
        new Standing(
            progress.run(),
            progress.scheduledFor().orElse(standing == null ? at : standing.due()),
            Ending.of(progress)));
  }
}
