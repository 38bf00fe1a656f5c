package dev.greenstick.verdict.stream;

import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Plausible;
import dev.greenstick.verdict.history.Progress;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Holds back what is told of runs that have left the stores, for instance when a group's offsets
 * were lost and everything is read again: to the fold it would be a new run, with a second verdict.
 */
final class PassWhatIsKept extends ContextualProcessor<String, Inbound, String, Inbound> {

  /** Events of a run that has no plan may come for as long as the longest run takes. */
  private static final Duration LONGEST = Duration.ofSeconds(Plausible.MOST_WINDOWS);

  private final String name;
  private final Duration retention;
  private final Counters counters;
  private KeyValueStore<String, Progress> runs;

  PassWhatIsKept(StoreNames names, Duration retention, Counters counters) {
    this.name = names.runs();
    this.retention = retention;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, Inbound> context) {
    super.init(context);
    runs = context.getStateStore(name);
  }

  @Override
  public void process(Record<String, Inbound> record) {
    if (record.value() instanceof Inbound.Read(Evidence arrived)) {
      Instant horizon =
          Instant.ofEpochMilli(context().currentSystemTimeMs()).minus(retention).minus(LONGEST);
      if (arrived.time().isBefore(horizon) && runs.get(record.key()) == null) {
        counters.past();
        return;
      }
    }
    context().forward(record);
  }
}
