package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.request.AbortRequested;
import dev.greenstick.contracts.request.Request;
import dev.greenstick.contracts.request.RunRequested;
import dev.greenstick.scheduler.admission.Notice;
import dev.greenstick.scheduler.definition.Definition;
import dev.greenstick.scheduler.saga.Signals;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes up what users ask for. A request that names no run, because its experiment is not known,
 * goes to the dead letters: there is no run to skip.
 */
final class TakeRequests
    extends ContextualProcessor<String, Inbound.Read<Request>, String, Outbound> {

  private final String store;

  TakeRequests(String store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public void process(Record<String, Inbound.Read<Request>> record) {
    switch (record.value().event().data()) {
      case RunRequested request -> take(request, record);
      case AbortRequested request ->
          forward(record.key(), new Outbound.Raise(Signals.of(request)), record);
    }
  }

  private void take(RunRequested request, Record<String, Inbound.Read<Request>> record) {
    KeyValueStore<String, Definition> definitions = context().getStateStore(store);
    Definition definition = definitions.get(request.experiment().value());
    if (definition == null) {
      bury("experiment " + request.experiment() + " is not defined", record);
    } else if (definition.experiment() == null
        || definition.experiment().spec().clusters().isEmpty()) {
      bury(
          "experiment "
              + request.experiment()
              + " names no cluster to run on: "
              + definition.problems().stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("; ")),
          record);
    } else {
      definition.experiment().spec().clusters().stream()
          .distinct()
          .map(
              cluster ->
                  new Notice.Due(
                      RunRef.of(request.experiment(), cluster, request.scheduledFor()),
                      request.scheduledFor(),
                      "requested by " + request.by(),
                      definition.experiment(),
                      definition.problems()))
          .forEach(due -> forward(due.run().id().toString(), new Outbound.Submit(due), record));
    }
  }

  private void bury(String reason, Record<String, Inbound.Read<Request>> record) {
    forward(record.key(), new Outbound.Bury(record.value().origin(), reason), record);
  }

  private void forward(String key, Outbound outbound, Record<String, ?> cause) {
    context().forward(new Record<>(key, outbound, cause.timestamp(), new RecordHeaders()));
  }
}
