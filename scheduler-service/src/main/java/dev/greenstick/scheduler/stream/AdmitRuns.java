package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.Agent;
import dev.greenstick.scheduler.admission.Halt;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.admission.Ruling;
import dev.greenstick.scheduler.admission.Standing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Carries out {@link Admission}: remembers what was decided and what is going on. */
final class AdmitRuns extends ContextualProcessor<String, Notice, String, Outbound> {

  private static final Duration SOON = Duration.ofMillis(100);

  private final URI source;
  private final AdmissionStores stores;
  private final Admission admission;
  private GoingRuns going;
  private KeyValueStore<String, Notice> successors;
  private KeyValueStore<String, Halt> halts;
  private KeyValueStore<String, Agent> agents;
  private WindowStore<String, String> decided;
  private Instant listeningSince;

  AdmitRuns(URI source, AdmissionStores stores, Admission admission) {
    this.source = Objects.requireNonNull(source, "source");
    this.stores = Objects.requireNonNull(stores, "stores");
    this.admission = Objects.requireNonNull(admission, "admission");
  }

  @Override
  public void init(ProcessorContext<String, Outbound> context) {
    super.init(context);
    going = new GoingRuns(context.getStateStore(stores.going()));
    successors = context.getStateStore(stores.successors());
    halts = context.getStateStore(stores.halted());
    agents = context.getStateStore(stores.agents());
    decided = context.getStateStore(stores.decided());
    // A context does not know the time before its first record or punctuation.
    context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, _ -> listen());
  }

  private void listen() {
    if (listeningSince == null) {
      listeningSince = now();
    }
  }

  @Override
  public void process(Record<String, Notice> record) {
    listen();
    switch (record.value()) {
      case Notice.Due due -> decide(due);
      case Notice.Over over -> {
        going.remove(over.run());
        succeed(over.run());
      }
    }
  }

  private void decide(Notice.Due due) {
    Standing standing =
        new Standing(
            decidedBefore(due.run()),
            halted(due.run()),
            going.besides(due.run()).stream().map(RunRef::id).findFirst(),
            going.everywhere(),
            agents(due.run().cluster()),
            listeningSince);
    switch (admission.decide(due, standing, now())) {
      case Ruling.Known _ -> {}
      case Ruling.Say say -> {
        if (say.event() instanceof RunPlanned) {
          going.add(Admission.going(due));
        }
        settle(say.event());
      }
      case Ruling.Succeed _ -> replace(due);
    }
  }

  private void replace(Notice.Due due) {
    String place = GoingRuns.place(due.run());
    Notice waiting = successors.get(place);
    if (due.equals(waiting)) {
      return;
    }
    if (waiting instanceof Notice.Due before) {
      settle(
          new RunSkipped(
              before.run(),
              before.scheduledFor(),
              "run "
                  + due.run().id()
                  + " was due before this one could take the place of the one that is going on"));
    }
    successors.put(place, due);
    going.besides(due.run()).forEach(run -> tell(new RunReplaced(run, due.run().id())));
  }

  private void succeed(RunRef ended) {
    String place = GoingRuns.place(ended);
    if (going.besides(ended).isEmpty() && successors.get(place) instanceof Notice.Due due) {
      successors.delete(place);
      decide(due);
    }
  }

  private void settle(RunEvent event) {
    decided.put(event.run().id().toString(), "", now().toEpochMilli());
    tell(event);
  }

  private void tell(RunEvent event) {
    Instant now = now();
    context()
        .forward(
            new Record<>(
                event.run().id().toString(),
                new Outbound.Tell(Event.of(source, now, event)),
                now.toEpochMilli(),
                new RecordHeaders()));
  }

  private Optional<Halt> halted(RunRef run) {
    try (KeyValueIterator<String, Halt> all = halts.all()) {
      while (all.hasNext()) {
        Halt halt = all.next().value;
        if (halt.scope().covers(run.cluster(), run.experiment())) {
          return Optional.of(halt);
        }
      }
      return Optional.empty();
    }
  }

  private List<Agent> agents(ClusterName cluster) {
    List<Agent> found = new ArrayList<>();
    try (KeyValueIterator<String, Agent> all =
        agents.prefixScan(cluster.value() + "/", new StringSerializer())) {
      all.forEachRemaining(entry -> found.add(entry.value));
    }
    return found;
  }

  private boolean decidedBefore(RunRef run) {
    try (WindowStoreIterator<String> earlier =
        decided.fetch(run.id().toString(), 0, Long.MAX_VALUE)) {
      return earlier.hasNext();
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }
}
