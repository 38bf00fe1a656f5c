package dev.greenstick.verdict.held;

import dev.greenstick.contracts.id.RunId;
import dev.greenstick.verdict.Verdicts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Which instance holds what, as the group last agreed. Whoever is named here checks for itself
 * whether it still does, so that an agreement that is out of date leads to a refusal and never to a
 * list that lacks something. Safe for many threads.
 */
@ApplicationScoped
public class Holders {

  private static final Comparator<HostInfo> BY_NAME =
      Comparator.comparing(HostInfo::host).thenComparingInt(HostInfo::port);

  private final KafkaStreams streams;
  private final HostInfo self;

  Holders(KafkaStreams streams, StreamsConfig settings) {
    this.streams = streams;
    // As the other instances know it, not as it may be configured by now.
    this.self =
        HostInfo.buildFromEndpoint(settings.getString(StreamsConfig.APPLICATION_SERVER_CONFIG));
  }

  /**
   * Where a run is.
   *
   * @param partition its partition
   * @param instance who holds it
   * @param here whether that is this instance
   */
  public record Holder(int partition, HostInfo instance, boolean here) {}

  /** How the others know this instance. */
  public HostInfo self() {
    return self;
  }

  /**
   * Who holds a run, be there such a run or not.
   *
   * @throws NotNow while that is not settled
   */
  public Holder of(RunId run) {
    return holder(
        where(
            () ->
                streams.queryMetadataForKey(Verdicts.RUNS, run.toString(), new StringSerializer())),
        "run " + run);
  }

  /**
   * Who holds each partition; all of them.
   *
   * @throws NotNow while one of them is held by nobody
   */
  public Map<HostInfo, SortedSet<Integer>> all() {
    Map<HostInfo, SortedSet<Integer>> all = new TreeMap<>(BY_NAME);
    int[] partitions = {1};
    for (int partition = 0; partition < partitions[0]; partition++) {
      // Its own number is the partition that this "key" lies in; and it tells how many there are.
      StreamPartitioner<Integer, Object> itself =
          (_, number, _, count) -> {
            partitions[0] = count;
            return Optional.of(Set.of(number));
          };
      int number = partition;
      Holder holder =
          holder(
              where(() -> streams.queryMetadataForKey(Verdicts.RUNS, number, itself)),
              "partition " + number);
      all.computeIfAbsent(holder.instance(), _ -> new TreeSet<>()).add(number);
    }
    return all;
  }

  private Holder holder(KeyQueryMetadata where, String what) {
    if (where == null
        || where.equals(KeyQueryMetadata.NOT_AVAILABLE)
        || where.activeHost().equals(HostInfo.unavailable())) {
      throw new NotNow("it is being settled which instance holds " + what);
    }
    return new Holder(where.partition(), where.activeHost(), where.activeHost().equals(self));
  }

  private interface Question {
    KeyQueryMetadata ask();
  }

  private KeyQueryMetadata where(Question question) {
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING && state != KafkaStreams.State.REBALANCING) {
      throw new NotNow("the streams are " + state + "; GET /q/health says what they wait for");
    }
    try {
      return question.ask();
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotNow("the streams are " + streams.state());
    }
  }
}
