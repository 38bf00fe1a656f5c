package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.scheduler.admission.Going;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The runs that were admitted and have not ended: a view of a store, whose keys are experiment,
 * cluster and run, so that those of one place lie together, and whose values are namespaces.
 * Belongs to the store's thread.
 */
record GoingRuns(KeyValueStore<String, String> store) {

  private static final String BETWEEN = "/";

  void add(Going going) {
    store.put(
        key(going.run()),
        going.namespaces().stream().sorted().collect(Collectors.joining(BETWEEN)));
  }

  void remove(RunRef run) {
    store.delete(key(run));
  }

  List<RunRef> all() {
    return everywhere().stream().map(Going::run).toList();
  }

  /** All, with the namespaces that they may touch. */
  List<Going> everywhere() {
    return read(store.all());
  }

  /** Those of the run's experiment on its cluster, it may be itself among them. */
  List<RunRef> besides(RunRef run) {
    return read(store.prefixScan(place(run) + BETWEEN, new StringSerializer())).stream()
        .map(Going::run)
        .toList();
  }

  /** The run's experiment and cluster; neither name has a slash. */
  static String place(RunRef run) {
    return run.experiment().value() + BETWEEN + run.cluster().value();
  }

  private static String key(RunRef run) {
    return place(run) + BETWEEN + run.id();
  }

  private static List<Going> read(KeyValueIterator<String, String> entries) {
    List<Going> runs = new ArrayList<>();
    try (entries) {
      while (entries.hasNext()) {
        KeyValue<String, String> entry = entries.next();
        String[] parts = entry.key.split(BETWEEN, -1);
        runs.add(
            new Going(
                new RunRef(
                    RunId.parse(parts[2]), new ExperimentName(parts[0]), new ClusterName(parts[1])),
                entry.value.isEmpty()
                    ? Set.of()
                    : Set.copyOf(List.of(entry.value.split(BETWEEN, -1)))));
      }
    }
    return runs;
  }
}
