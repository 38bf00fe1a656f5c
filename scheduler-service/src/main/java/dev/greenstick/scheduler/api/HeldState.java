package dev.greenstick.scheduler.api;

import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.scheduler.Scheduler;
import dev.greenstick.scheduler.admission.Agent;
import dev.greenstick.scheduler.admission.Halt;
import dev.greenstick.scheduler.definition.Definition;
import dev.greenstick.scheduler.saga.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What the streams know now. What another instance holds is answered with the way there; while the
 * streams are not running, nothing is answered, because it could be out of date.
 */
@ApplicationScoped
class HeldState {

  private final KafkaStreams streams;
  private final HostInfo self;

  HeldState(KafkaStreams streams, StreamsConfig settings) {
    this.streams = streams;
    // As the other instances know it, not as it may be configured by now.
    this.self =
        HostInfo.buildFromEndpoint(settings.getString(StreamsConfig.APPLICATION_SERVER_CONFIG));
  }

  Optional<Definition> definition(ExperimentName experiment, UriInfo asked) {
    return get(Scheduler.DEFINITIONS, experiment.value(), asked);
  }

  Optional<RunState> run(RunId run, UriInfo asked) {
    return get(Scheduler.SAGAS, run.toString(), asked);
  }

  /** Every experiment by name. */
  Map<String, Definition> definitions() {
    running();
    if (streams.streamsMetadataForStore(Scheduler.DEFINITIONS).size() > 1) {
      throw Refusal.of(
          501,
          "Not built yet",
          "several instances share the experiments, and a list across them is not built yet:"
              + " ask for experiments by name");
    }
    Map<String, Definition> all = new TreeMap<>();
    try (KeyValueIterator<String, Definition> each =
        this.<Definition>store(Scheduler.DEFINITIONS).all()) {
      each.forEachRemaining(entry -> all.put(entry.key, entry.value));
    }
    return all;
  }

  Optional<Halt> halt(HaltScope scope, UriInfo asked) {
    return get(Scheduler.HALTED, scope.toString(), asked);
  }

  /** Every halt that is in force, by scope. They lie in one partition, so one instance has all. */
  List<Halt> halts(UriInfo asked) {
    here(Scheduler.HALTED, HaltScope.EVERYTHING.toString(), asked);
    List<Halt> all = new ArrayList<>();
    try (KeyValueIterator<String, Halt> each = this.<Halt>store(Scheduler.HALTED).all()) {
      each.forEachRemaining(entry -> all.add(entry.value));
    }
    return all;
  }

  /** Every agent that was heard of, by cluster and name. They lie in one partition, too. */
  List<Agent> agents(UriInfo asked) {
    here(Scheduler.AGENTS, Scheduler.AGENTS, asked);
    List<Agent> all = new ArrayList<>();
    try (KeyValueIterator<String, Agent> each = this.<Agent>store(Scheduler.AGENTS).all()) {
      each.forEachRemaining(entry -> all.add(entry.value));
    }
    return all;
  }

  private <V> Optional<V> get(String store, String key, UriInfo asked) {
    here(store, key, asked);
    try {
      return Optional.ofNullable(this.<V>store(store).get(key));
    } catch (InvalidStateStoreException e) {
      throw Refusal.notYet("the store that holds " + key + " is moving");
    }
  }

  /** Returns when this instance holds the key. */
  private void here(String store, String key, UriInfo asked) {
    running();
    KeyQueryMetadata where = streams.queryMetadataForKey(store, key, new StringSerializer());
    if (where == null || where.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw Refusal.notYet("it is being settled which instance holds " + key);
    }
    if (!where.activeHost().equals(self)) {
      throw Refusal.elsewhere(
          asked
              .getRequestUriBuilder()
              .host(where.activeHost().host())
              .port(where.activeHost().port())
              .build());
    }
  }

  private <V> ReadOnlyKeyValueStore<String, V> store(String name) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    } catch (InvalidStateStoreException e) {
      throw Refusal.notYet("the store " + name + " is being restored");
    }
  }

  private void running() {
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING) {
      throw Refusal.notYet(
          "the scheduler's streams are " + state + "; GET /q/health says what they wait for");
    }
  }
}
