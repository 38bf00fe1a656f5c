package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.request.AbortRequested;
import dev.greenstick.contracts.request.Request;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.definition.Definition;
import dev.greenstick.scheduler.saga.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes up what users ask for. A request and the definition it means lie in two topics, and nothing
 * makes them be read in the order in which they were written, least of all after a crash: a request
 * whose experiment is not known waits for it. When that does not come in time the request goes to
 * the dead letters: without a cluster there is no run to skip.
 */
final class TakeRequests
    extends ContextualProcessor<String, Inbound.Read<Request>, String, Outbound> {

  private final String definitionStore;
  private final String waitingStore;
  private final Duration patience;
  private final Duration tick;
  private KeyValueStore<String, Definition> definitions;
  private KeyValueStore<String, WaitingRequest> waiting;

  /**
   * @param patience how long a request waits for its experiment
   * @param tick how often those that wait are looked at
   */
  TakeRequests(String definitionStore, String waitingStore, Duration patience, Duration tick) {
    this.definitionStore = Objects.requireNonNull(definitionStore, "definitionStore");
    this.waitingStore = Objects.requireNonNull(waitingStore, "waitingStore");
    this.patience = Objects.requireNonNull(patience, "patience");
    this.tick = Objects.requireNonNull(tick, "tick");
  }

  @Override
  public void init(ProcessorContext<String, Outbound> context) {
    super.init(context);
    definitions = context.getStateStore(definitionStore);
    waiting = context.getStateStore(waitingStore);
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::lookAtThoseThatWait);
  }

  @Override
  public void process(Record<String, Inbound.Read<Request>> record) {
    Origin origin = record.value().origin();
    switch (record.value().event().data()) {
      case RunRequested request -> {
        Definition definition = definitions.get(request.experiment().value());
        if (definition == null) {
          Instant until = Instant.ofEpochMilli(context().currentSystemTimeMs()).plus(patience);
          waiting.put(String.valueOf(origin.offset()), WaitingRequest.of(request, origin, until));
        } else {
          take(request, origin, definition);
        }
      }
      case AbortRequested request ->
          forward(record.key(), new Outbound.Raise(Signals.of(request)), record.timestamp());
    }
  }

  private void lookAtThoseThatWait(long now) {
    List<KeyValue<String, WaitingRequest>> each = new ArrayList<>();
    try (KeyValueIterator<String, WaitingRequest> all = waiting.all()) {
      all.forEachRemaining(each::add);
    }
    for (KeyValue<String, WaitingRequest> entry : each) {
      RunRequested request = entry.value.request();
      Definition definition = definitions.get(request.experiment().value());
      if (definition != null) {
        waiting.delete(entry.key);
        take(request, entry.value.origin(), definition);
      } else if (entry.value.until().toEpochMilli() <= now) {
        waiting.delete(entry.key);
        bury(
            "experiment " + request.experiment() + " is not defined",
            request,
            entry.value.origin());
      }
    }
  }

  private void take(RunRequested request, Origin origin, Definition definition) {
    if (definition.experiment() == null || definition.experiment().spec().clusters().isEmpty()) {
      bury(
          "experiment "
              + request.experiment()
              + " names no cluster to run on: "
              + definition.problems().stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("; ")),
          request,
          origin);
      return;
    }
    definition.experiment().spec().clusters().stream()
        .distinct()
        .map(
            cluster ->
                new Notice.Due(
                    RunRef.of(request.experiment(), cluster, request.scheduledFor()),
                    request.scheduledFor(),
                    "requested by " + request.by(),
                    definition.experiment(),
                    definition.problems(),
                    null))
        .forEach(
            due ->
                forward(
                    due.run().id().toString(),
                    new Outbound.Submit(due),
                    origin.record().timestamp()));
  }

  private void bury(String reason, RunRequested request, Origin origin) {
    forward(request.key(), new Outbound.Bury(origin, reason), origin.record().timestamp());
  }

  private void forward(String key, Outbound outbound, long timestamp) {
    context().forward(new Record<>(key, outbound, timestamp, new RecordHeaders()));
  }
}
