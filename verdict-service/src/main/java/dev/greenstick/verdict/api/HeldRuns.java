package dev.greenstick.verdict.api;

import dev.greenstick.contracts.id.RunId;
import dev.greenstick.verdict.Verdicts;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.History;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.run.HandedDown;
import dev.greenstick.verdict.stream.StoredHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.function.Consumer;
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
 * streams are not running nothing is answered, because it could be a wrong empty list.
 */
@ApplicationScoped
class HeldRuns {

  private final KafkaStreams streams;
  private final HostInfo self;

  HeldRuns(KafkaStreams streams, StreamsConfig settings) {
    this.streams = streams;
    // As the other instances know it, not as it may be configured by now.
    this.self =
        HostInfo.buildFromEndpoint(settings.getString(StreamsConfig.APPLICATION_SERVER_CONFIG));
  }

  /** How far a run has come. */
  Progress progress(RunId run, UriInfo asked) {
    running();
    here(run, asked);
    return this.<Progress>find(Verdicts.RUNS, run.toString())
        .orElseThrow(() -> Refusal.unknown(run.toString()));
  }

  /** What was handed down about a run that is here. */
  HandedDown handedDown(RunId run) {
    return this.<HandedDown>find(Verdicts.HANDED_DOWN, run.toString()).orElse(HandedDown.NOTHING);
  }

  /** The history of a run that is here. */
  History history(RunId run) {
    return new StoredHistory(this.<Evidence>store(Verdicts.EVIDENCE), run.toString());
  }

  /** Every run. */
  void each(Consumer<Progress> consumer) {
    running();
    if (streams.streamsMetadataForStore(Verdicts.RUNS).size() > 1) {
      throw Refusal.notBuilt(
          "several instances share the runs, and a list across them is not built yet: ask for runs"
              + " by id");
    }
    try (KeyValueIterator<String, Progress> all = this.<Progress>store(Verdicts.RUNS).all()) {
      all.forEachRemaining(entry -> consumer.accept(entry.value));
    } catch (InvalidStateStoreException e) {
      throw moving(Verdicts.RUNS);
    }
  }

  private void here(RunId run, UriInfo asked) {
    KeyQueryMetadata where =
        streams.queryMetadataForKey(Verdicts.RUNS, run.toString(), new StringSerializer());
    if (where == null || where.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw Refusal.notYet("it is being settled which instance holds run " + run);
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

  private <V> Optional<V> find(String store, String key) {
    try {
      return Optional.ofNullable(this.<V>store(store).get(key));
    } catch (InvalidStateStoreException e) {
      throw moving(store);
    }
  }

  private <V> ReadOnlyKeyValueStore<String, V> store(String name) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    } catch (InvalidStateStoreException e) {
      throw moving(name);
    }
  }

  private void running() {
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING) {
      throw Refusal.notYet("the streams are " + state + "; GET /q/health says what they wait for");
    }
  }

  private static Refusal moving(String store) {
    return Refusal.notYet("the store " + store + " is being restored or moved");
  }
}
