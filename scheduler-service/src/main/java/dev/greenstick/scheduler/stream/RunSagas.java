package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.run.RunAborted;
import dev.greenstick.contracts.run.RunEvent;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunHalted;
import dev.greenstick.contracts.run.RunPlanned;
import dev.greenstick.contracts.run.RunReplaced;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.run.StepStarted;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.saga.Decision;
import dev.greenstick.scheduler.saga.Effect;
import dev.greenstick.scheduler.saga.RunState;
import dev.greenstick.scheduler.saga.Saga;
import dev.greenstick.scheduler.saga.Signal;
import dev.greenstick.scheduler.saga.Unplanned;
import dev.greenstick.scheduler.timer.Timer;
import dev.greenstick.scheduler.timer.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Drives the sagas of a partition: looks up the state, lets it decide, carries out the effects. */
final class RunSagas extends ContextualProcessor<String, Signal, String, Outbound> {

  private final URI source;
  private final String sagaStore;
  private final String timerStore;
  private final Saga saga;
  private final Duration tick;
  private final io.micrometer.core.instrument.Timer lateness;
  private KeyValueStore<String, RunState> sagas;
  private Timers timers;

  RunSagas(
      URI source,
      String sagaStore,
      String timerStore,
      Saga saga,
      Duration tick,
      MeterRegistry meters) {
    this.source = Objects.requireNonNull(source, "source");
    this.sagaStore = Objects.requireNonNull(sagaStore, "sagaStore");
    this.timerStore = Objects.requireNonNull(timerStore, "timerStore");
    this.saga = Objects.requireNonNull(saga, "saga");
    this.tick = Objects.requireNonNull(tick, "tick");
    this.lateness =
        io.micrometer.core.instrument.Timer.builder("greenstick.scheduler.timer.lateness")
            .description("from the instant a timer was due to the tick that saw it")
            .register(meters);
  }

  @Override
  public void init(ProcessorContext<String, Outbound> context) {
    super.init(context);
    sagas = context.getStateStore(sagaStore);
    timers = new Timers(context.getStateStore(timerStore));
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Signal> record) {
    apply(RunId.parse(record.key()), record.value(), now());
  }

  private void tick(long timestamp) {
    Instant now = now();
    for (Timer timer : timers.due(now)) {
      lateness.record(Duration.between(timer.due(), now));
      // Cancelled first: should the state want the same instant again, it sets it again.
      timers.cancel(timer);
      apply(RunId.parse(timer.about()), new Signal.Tick(), now);
    }
  }

  private void apply(RunId run, Signal signal, Instant now) {
    String key = run.toString();
    RunState stored = sagas.get(key);
    RunState state = stored == null ? new Unplanned() : stored;
    Decision decision = saga.decide(state, signal, now);
    if (!decision.state().equals(state)) {
      sagas.put(key, decision.state() instanceof Unplanned ? null : decision.state());
    }
    for (Effect effect : decision.effects()) {
      carryOut(effect, run, now);
    }
  }

  private void carryOut(Effect effect, RunId run, Instant now) {
    switch (effect) {
      case Effect.EmitRun emit -> {
        forward(new Outbound.Tell(Event.of(source, now, emit.event())), emit.event(), now);
        if (over(emit.event())) {
          forward(new Outbound.Submit(new Notice.Over(emit.event().run())), emit.event(), now);
        }
      }
      case Effect.EmitCommand emit ->
          forward(new Outbound.Order(Event.of(source, now, emit.command())), emit.command(), now);
      case Effect.SetTimer set -> timers.set(new Timer(set.due(), run.toString()));
      case Effect.CancelTimer cancel -> timers.cancel(new Timer(cancel.due(), run.toString()));
    }
  }

  private static boolean over(RunEvent event) {
    return switch (event) {
      case RunFinished _, RunAborted _ -> true;
      case RunPlanned _, StepStarted _, RunHalted _, RunReplaced _, RunSkipped _ -> false;
    };
  }

  private void forward(Outbound outbound, RunData about, Instant now) {
    context().forward(new Record<>(about.key(), outbound, now.toEpochMilli(), new RecordHeaders()));
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }
}
