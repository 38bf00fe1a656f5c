package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.wire.JsonSerde;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.hypothesis.LiveTally;
import dev.greenstick.verdict.listing.Standing;
import dev.greenstick.verdict.run.HandedDown;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of the fold; all are kept on disk and in a changelog. */
final class Stores {

  private Stores() {}

  static List<StoreBuilder<?>> builders(StoreNames names) {
    return List.of(
        store(names.runs(), new JsonSerde<>(Progress.class)),
        store(names.evidence(), new EvidenceSerde()),
        store(names.tallies(), new JsonSerde<>(LiveTally.class)),
        store(names.deadlines(), Serdes.ByteArray()),
        store(names.handedDown(), new JsonSerde<>(HandedDown.class)));
  }

  static List<StoreBuilder<?>> builders(ListNames names) {
    return List.of(
        store(names.standings(), new JsonSerde<>(Standing.class)),
        store(names.listed(), Serdes.ByteArray()),
        store(names.late(), new EvidenceSerde()));
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name),
        Serdes.String(),
        values);
  }
}
