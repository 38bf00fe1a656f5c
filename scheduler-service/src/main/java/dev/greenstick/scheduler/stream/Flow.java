package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.EventData;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.agent.AgentEvent;
import dev.greenstick.contracts.command.Command;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentEvent;
import dev.greenstick.contracts.halt.HaltEvent;
import dev.greenstick.contracts.request.Request;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.JsonSerde;
import dev.greenstick.scheduler.admission.Admission;
import dev.greenstick.scheduler.admission.Agent;
import dev.greenstick.scheduler.admission.Halt;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.calendar.Recurring;
import dev.greenstick.scheduler.definition.Definition;
import dev.greenstick.scheduler.saga.RunState;
import dev.greenstick.scheduler.saga.Saga;
import dev.greenstick.scheduler.saga.Signal;
import dev.greenstick.scheduler.timer.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.jboss.logging.Logger;

/** The verbs of the topology; each adds its nodes, all of them named. */
public final class Flow {

  private static final Logger LOG = Logger.getLogger(Flow.class);

  private final URI source;
  private final StreamsBuilder builder;
  private final MeterRegistry meters;

  /** Verbs that add to {@code builder}, for events of {@code source}. */
  public Flow(URI source, StreamsBuilder builder, MeterRegistry meters) {
    this.source = Objects.requireNonNull(source, "source");
    this.builder = Objects.requireNonNull(builder, "builder");
    this.meters = Objects.requireNonNull(meters, "meters");
  }

  /** What schedules come to. */
  public record Due(
      KStream<String, Notice> notices, KStream<String, Event<? extends RunEvent>> missed) {}

  /** What requests come to. */
  public record Taken(KStream<String, Notice> notices, KStream<String, Signal> signals) {}

  /** What sagas come to. */
  public record Driven(
      KStream<String, Event<? extends RunEvent>> told,
      KStream<String, Event<? extends Command>> orders,
      KStream<String, Notice> notices) {}

  /** Reads a topic; what cannot be read goes to the dead letters, and on, for who wants to know. */
  public <E extends EventData> KStream<String, Inbound<E>> read(
      Topic<E> topic, List<Class<? extends E>> ignored) {
    String name = shortName(topic);
    KStream<String, Inbound<E>> inbound =
        builder.stream(
                topic.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name))
            .process(() -> new ReadEvents<>(topic, ignored), Named.as("read-" + name));
    bury(
        inbound.flatMapValues(
            record ->
                record instanceof Inbound.Unread<E> unread
                    ? List.of(new Outbound.Bury(unread.origin(), unread.reason()))
                    : List.of(),
            Named.as("unreadable-" + name)),
        name);
    return inbound;
  }

  /** Only what could be read. */
  public <E extends EventData> KStream<String, Inbound.Read<E>> events(
      KStream<String, Inbound<E>> inbound, Topic<E> topic) {
    return inbound.flatMapValues(
        record -> record instanceof Inbound.Read<E> read ? List.of(read) : List.of(),
        Named.as("events-" + shortName(topic)));
  }

  /** What the events of a topic mean to sagas. */
  public <E extends EventData> KStream<String, Signal> signals(
      Topic<E> topic, List<Class<? extends E>> ignored, Function<E, Optional<Signal>> meaning) {
    return events(read(topic, ignored), topic)
        .flatMapValues(
            read -> meaning.apply(read.event().data()).stream().toList(),
            Named.as("signals-" + shortName(topic)));
  }

  /** Keeps the last word on every experiment, and hands it on. */
  public KStream<String, Definition> keepDefinitions(
      KStream<String, Inbound<ExperimentEvent>> experiments,
      String store,
      Function<Experiment, List<Problem>> check) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(store),
            Serdes.String(),
            new JsonSerde<>(Definition.class)));
    return experiments.process(
        () -> new KeepDefinitions(store, check), Named.as("keep-definitions"), store);
  }

  /** Makes runs due when their experiments' schedules say so. */
  public Due keepSchedules(
      KStream<String, Definition> defined,
      String definitions,
      String schedules,
      String timers,
      Duration tick) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(schedules),
            Serdes.String(),
            new JsonSerde<>(Recurring.class)));
    builder.addStateStore(Timers.store(timers));
    KStream<String, Outbound> kept =
        defined.process(
            () -> new KeepSchedules(source, definitions, schedules, timers, tick),
            Named.as("keep-schedules"),
            definitions,
            schedules,
            timers);
    return new Due(
        only(kept, Outbound.Submit.class, "scheduled-runs")
            .mapValues(Outbound.Submit::notice, Named.as("scheduled-notices")),
        only(kept, Outbound.Tell.class, "missed-runs")
            .mapValues(Outbound.Tell::event, Named.as("missed-told")));
  }

  /** Takes up requests; what names no run in time goes to the dead letters. */
  public Taken takeRequests(
      KStream<String, Inbound.Read<Request>> requests,
      String definitions,
      String waiting,
      Duration patience,
      Duration tick) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(waiting),
            Serdes.String(),
            new JsonSerde<>(WaitingRequest.class)));
    KStream<String, Outbound> taken =
        requests.process(
            () -> new TakeRequests(definitions, waiting, patience, tick),
            Named.as("take-requests"),
            definitions,
            waiting);
    bury(only(taken, Outbound.Bury.class, "untakeable"), "untakeable");
    return new Taken(
        only(taken, Outbound.Submit.class, "requested-runs")
            .mapValues(Outbound.Submit::notice, Named.as("requested-notices")),
        only(taken, Outbound.Raise.class, "requested-aborts")
            .mapValues(Outbound.Raise::signal, Named.as("requested-signals")));
  }

  /** Leads runs through to their end. */
  public Driven runSagas(
      KStream<String, Signal> signals, String sagas, String timers, Saga saga, Duration tick) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(sagas),
            Serdes.String(),
            new JsonSerde<>(RunState.class)));
    builder.addStateStore(Timers.store(timers));
    KStream<String, Outbound> driven =
        signals.process(
            () -> new RunSagas(source, sagas, timers, saga, tick, meters),
            Named.as("run-sagas"),
            sagas,
            timers);
    return new Driven(
        only(driven, Outbound.Tell.class, "saga-events")
            .mapValues(Outbound.Tell::event, Named.as("saga-told")),
        only(driven, Outbound.Order.class, "saga-orders")
            .mapValues(Outbound.Order::event, Named.as("saga-commands")),
        only(driven, Outbound.Submit.class, "saga-ends")
            .mapValues(Outbound.Submit::notice, Named.as("saga-notices")));
  }

  /** Brings everything into one partition, so into one order. */
  public KStream<String, Notice> toOnePartition(KStream<String, Notice> notices, String topic) {
    return notices.repartition(
        Repartitioned.with(Serdes.String(), (Serde<Notice>) new JsonSerde<>(Notice.class))
            .withName(topic)
            .withNumberOfPartitions(1));
  }

  /** Decides on what is due, halts what is going on, and keeps who is there to carry it out. */
  public KStream<String, Event<? extends RunEvent>> admit(
      KStream<String, Notice> notices,
      KStream<String, Inbound<HaltEvent>> halts,
      KStream<String, Inbound<AgentEvent>> agents,
      AdmissionStores stores,
      Duration remember,
      Admission admission) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(stores.going()), Serdes.String(), Serdes.String()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(stores.successors()),
            Serdes.String(),
            new JsonSerde<>(Notice.class)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(stores.halted()),
            Serdes.String(),
            new JsonSerde<>(Halt.class)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(stores.agents()),
            Serdes.String(),
            new JsonSerde<>(Agent.class)));
    builder.addStateStore(
        Stores.windowStoreBuilder(
            Stores.persistentWindowStore(stores.decided(), remember, Duration.ofMillis(1), false),
            Serdes.String(),
            Serdes.String()));
    KStream<String, Outbound> admitted =
        notices.process(
            () -> new AdmitRuns(source, stores, admission),
            Named.as("admit-runs"),
            stores.going(),
            stores.successors(),
            stores.halted(),
            stores.agents(),
            stores.decided());
    agents.process(
        () -> new KeepAgents(stores.agents(), remember), Named.as("keep-agents"), stores.agents());
    KStream<String, Outbound> stopped =
        halts.process(
            () -> new KeepHalts(source, stores.halted(), stores.going()),
            Named.as("keep-halts"),
            stores.halted(),
            stores.going());
    return only(
            admitted.merge(stopped, Named.as("admitted-and-halted")),
            Outbound.Tell.class,
            "admission-events")
        .mapValues(Outbound.Tell::event, Named.as("admission-told"));
  }

  /** Tells the world. */
  public void tell(KStream<String, Event<? extends RunEvent>> events, String who) {
    events
        .peek(
            (run, event) ->
                meters.counter("greenstick.scheduler.run.events", "type", event.type()).increment(),
            Named.as("count-" + who + "-told"))
        .to(
            Topics.RUNS.name(),
            Produced.with(Serdes.String(), EventSerializer.<RunEvent>serde())
                .withName("tell-" + who));
  }

  /** Orders each cluster's agents on a topic of their own. */
  public void order(KStream<String, Event<? extends Command>> commands) {
    commands
        .peek(
            (run, event) ->
                meters.counter("greenstick.scheduler.commands", "type", event.type()).increment(),
            Named.as("count-commands"))
        .to(
            new CommandTopic(),
            Produced.with(Serdes.String(), EventSerializer.<Command>serde()).withName("order"));
  }

  private void bury(KStream<String, Outbound.Bury> dead, String name) {
    dead.peek(
            (key, bury) -> {
              meters
                  .counter("greenstick.scheduler.dead.letters", "topic", bury.origin().topic())
                  .increment();
              LOG.warnf("dead letter: %s, key %s: %s", bury.origin(), key, bury.reason());
            },
            Named.as("count-dead-" + name))
        .process(BuryRecords::new, Named.as("bury-" + name))
        .to(
            Topics.DEAD_LETTERS,
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-" + name));
  }

  private static <O extends Outbound> KStream<String, O> only(
      KStream<String, Outbound> all, Class<O> type, String name) {
    return all.flatMapValues(
        outbound -> type.isInstance(outbound) ? List.of(type.cast(outbound)) : List.of(),
        Named.as(name));
  }

  private static String shortName(Topic<?> topic) {
    return topic.name().substring(topic.name().indexOf('.') + 1);
  }
}
