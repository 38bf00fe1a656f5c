package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.halt.HaltLifted;
import dev.greenstick.contracts.halt.HaltSet;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.scheduler.admission.Halt;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the halts that are in force, and halts the runs that a new one finds going on. A record
 * that cannot be read changes nothing: a brake is released by a word that is understood.
 */
final class KeepHalts extends ContextualProcessor<String, Inbound<HaltEvent>, String, Outbound> {

  private final URI source;
  private final String haltStore;
  private final String goingStore;

  KeepHalts(URI source, String haltStore, String goingStore) {
    this.source = Objects.requireNonNull(source, "source");
    this.haltStore = Objects.requireNonNull(haltStore, "haltStore");
    this.goingStore = Objects.requireNonNull(goingStore, "goingStore");
  }

  @Override
  public void process(Record<String, Inbound<HaltEvent>> record) {
    KeyValueStore<String, Halt> halts = context().getStateStore(haltStore);
    switch (record.value()) {
      case Inbound.Unread<HaltEvent> _ -> {}
      case Inbound.Deleted<HaltEvent> _ -> halts.delete(record.key());
      case Inbound.Read<HaltEvent> read -> {
        switch (read.event().data()) {
          case HaltLifted _ -> halts.delete(record.key());
          case HaltSet set -> {
            halts.put(record.key(), Halt.of(set, read.origin().offset()));
            halt(set);
          }
        }
      }
    }
  }

  private void halt(HaltSet set) {
    Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
    GoingRuns going = new GoingRuns(context().getStateStore(goingStore));
    for (RunRef run : going.all()) {
      if (set.scope().covers(run.cluster(), run.experiment())) {
        context()
            .forward(
                new Record<>(
                    run.id().toString(),
                    new Outbound.Tell(
                        Event.of(
                            source,
                            now,
                            new RunHalted(run, set.scope(), set.by(), set.reason(), set.at()))),
                    now.toEpochMilli(),
                    new RecordHeaders()));
      }
    }
  }
}
