package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.ExperimentDefined;
import dev.greenstick.contracts.experiment.ExperimentEvent;
import dev.greenstick.scheduler.definition.Definition;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the last word on every experiment. What somebody else's producer wrote is checked as what
 * came by the API is; a definition that may not run replaces one that might, because that is what
 * the topic says. Hands on what it keeps; null is a definition that is deleted.
 */
final class KeepDefinitions
    extends ContextualProcessor<String, Inbound<ExperimentEvent>, String, Definition> {

  private final String store;
  private final Function<Experiment, List<Problem>> check;

  KeepDefinitions(String store, Function<Experiment, List<Problem>> check) {
    this.store = Objects.requireNonNull(store, "store");
    this.check = Objects.requireNonNull(check, "check");
  }

  @Override
  public void process(Record<String, Inbound<ExperimentEvent>> record) {
    if (record.key() == null) {
      return;
    }
    long offset = record.value().origin().offset();
    switch (record.value()) {
      case Inbound.Deleted<ExperimentEvent> _ -> keep(record, null);
      case Inbound.Unread<ExperimentEvent> unread ->
          keep(
              record,
              new Definition(
                  null,
                  List.of(new Problem("", "the record on the topic: " + unread.reason())),
                  offset));
      case Inbound.Read<ExperimentEvent> read -> {
        Experiment experiment =
            switch (read.event().data()) {
              case ExperimentDefined defined -> defined.experiment();
            };
        keep(record, new Definition(experiment, check.apply(experiment), offset));
      }
    }
  }

  private void keep(Record<String, Inbound<ExperimentEvent>> record, Definition definition) {
    KeyValueStore<String, Definition> definitions = context().getStateStore(store);
    definitions.put(record.key(), definition);
    context().forward(record.withValue(definition));
  }
}
