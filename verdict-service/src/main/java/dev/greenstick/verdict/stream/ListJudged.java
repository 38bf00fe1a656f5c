package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.verdict.listing.Ending;
import dev.greenstick.verdict.listing.Standing;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Lists a run under its outcome, for a verdict may be reached without an event of the run. */
final class ListJudged
    extends ContextualProcessor<String, Event<? extends VerdictEvent>, Void, Void> {

  private final ListNames lists;
  private Listing listing;

  ListJudged(ListNames lists) {
    this.lists = lists;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    super.init(context);
    listing =
        new Listing(
            context.getStateStore(lists.standings()), context.getStateStore(lists.listed()));
  }

  @Override
  public void process(Record<String, Event<? extends VerdictEvent>> record) {
    Standing standing = listing.of(record.key());
    if (standing != null && record.value().data() instanceof VerdictReached reached) {
      listing.put(standing.as(Ending.valueOf(reached.outcome().name())));
    }
  }
}
