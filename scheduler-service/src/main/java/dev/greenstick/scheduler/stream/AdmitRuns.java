package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.Halt;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.admission.Standing;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Carries out {@link Admission}: remembers what was decided and what is going on. */
final class AdmitRuns extends ContextualProcessor<String, Notice, String, Outbound> {

  private final URI source;
  private final String goingStore;
  private final String decidedStore;
  private final String haltStore;
  private final Admission admission;

  AdmitRuns(
      URI source, String goingStore, String decidedStore, String haltStore, Admission admission) {
    this.source = Objects.requireNonNull(source, "source");
    this.goingStore = Objects.requireNonNull(goingStore, "goingStore");
    this.decidedStore = Objects.requireNonNull(decidedStore, "decidedStore");
    this.haltStore = Objects.requireNonNull(haltStore, "haltStore");
    this.admission = Objects.requireNonNull(admission, "admission");
  }

  @Override
  public void process(Record<String, Notice> record) {
    switch (record.value()) {
      case Notice.Due due -> decide(due);
      case Notice.Over over -> forget(over.run());
    }
  }

  private void decide(Notice.Due due) {
    Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
    String id = due.run().id().toString();
    Standing standing =
        new Standing(
            decidedBefore(id),
            halted(due.run()),
            Optional.ofNullable(going().get(GoingRuns.place(due.run()))).map(RunId::parse));
    Optional<RunEvent> said = admission.decide(due, standing, now);
    if (said.isEmpty()) {
      return;
    }
    if (said.get() instanceof RunPlanned) {
      going().put(GoingRuns.place(due.run()), id);
    }
    decided().put(id, id, now.toEpochMilli());
    context()
        .forward(
            new Record<>(
                id,
                new Outbound.Tell(Event.of(source, now, said.get())),
                now.toEpochMilli(),
                new RecordHeaders()));
  }

  private void forget(RunRef run) {
    if (run.id().toString().equals(going().get(GoingRuns.place(run)))) {
      going().delete(GoingRuns.place(run));
    }
  }

  private boolean decidedBefore(String id) {
    try (WindowStoreIterator<String> earlier = decided().fetch(id, 0, Long.MAX_VALUE)) {
      return earlier.hasNext();
    }
  }

  private Optional<Halt> halted(RunRef run) {
    try (KeyValueIterator<String, Halt> all = halts().all()) {
      while (all.hasNext()) {
        Halt halt = all.next().value;
        if (halt.scope().covers(run.cluster(), run.experiment())) {
          return Optional.of(halt);
        }
      }
      return Optional.empty();
    }
  }

  private KeyValueStore<String, String> going() {
    return context().getStateStore(goingStore);
  }

  private KeyValueStore<String, Halt> halts() {
    return context().getStateStore(haltStore);
  }

  private WindowStore<String, String> decided() {
    return context().getStateStore(decidedStore);
  }
}
