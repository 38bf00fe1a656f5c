package dev.greenstick.scheduler.stream;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.RunId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The runs that were admitted and have not ended: a view of a store, whose keys are experiment,
 * cluster and run, so that those of one place lie together. Belongs to the store's thread.
 */
record GoingRuns(KeyValueStore<String, String> store) {

  private static final String BETWEEN = "/";

  void add(RunRef run) {
    store.put(key(run), "");
  }

  void remove(RunRef run) {
    store.delete(key(run));
  }

  List<RunRef> all() {
    return read(store.all());
  }

  /** Those of the run's experiment on its cluster, it may be itself among them. */
  List<RunRef> besides(RunRef run) {
    return read(store.prefixScan(place(run) + BETWEEN, new StringSerializer()));
  }

  /** The run's experiment and cluster; neither name has a slash. */
  static String place(RunRef run) {
    return run.experiment().value() + BETWEEN + run.cluster().value();
  }

  private static String key(RunRef run) {
    return place(run) + BETWEEN + run.id();
  }

  private static List<RunRef> read(KeyValueIterator<String, String> entries) {
    List<RunRef> runs = new ArrayList<>();
    try (entries) {
      while (entries.hasNext()) {
        KeyValue<String, String> entry = entries.next();
        String[] parts = entry.key.split(BETWEEN, -1);
        runs.add(
            new RunRef(
                RunId.parse(parts[2]), new ExperimentName(parts[0]), new ClusterName(parts[1])));
      }
    }
    return runs;
  }
}
