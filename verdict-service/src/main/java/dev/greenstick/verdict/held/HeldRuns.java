package dev.greenstick.verdict.held;

import dev.greenstick.contracts.id.RunId;
import dev.greenstick.verdict.Verdicts;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Progress;
import dev.greenstick.verdict.listing.Filter;
import dev.greenstick.verdict.listing.Position;
import dev.greenstick.verdict.run.HandedDown;
import dev.greenstick.verdict.stream.StoredHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What this instance holds now. Every question names its partitions; one that is not here, or is
 * still being restored, refuses the whole question with {@link NotNow}. Safe for many threads.
 */
@ApplicationScoped
public class HeldRuns {

  /** The latest first. */
  static final Comparator<HeldRun> ORDER =
      Comparator.comparing(HeldRun::position, Comparator.reverseOrder());

  private final KafkaStreams streams;
  private final RunFigures figures;

  HeldRuns(KafkaStreams streams, RunFigures figures) {
    this.streams = streams;
    this.figures = figures;
  }

  /** One run in one partition. */
  public final class Held {

    private final int partition;
    private final String run;

    private Held(int partition, RunId run) {
      this.partition = partition;
      this.run = run.toString();
    }

    /** How far it has come; empty when nobody told of it. */
    public Optional<Progress> progress() {
      return safely(
          () ->
              Optional.ofNullable(HeldRuns.this.<Progress>store(Verdicts.RUNS, partition).get(run))
                  .map(
                      written ->
                          written.closed()
                              ? written
                              : stored(Verdicts.EVIDENCE).complete(written, _ -> {})));
    }

    /** What was handed down about it. */
    public HandedDown handedDown() {
      return safely(
          () ->
              Optional.ofNullable(
                      HeldRuns.this.<HandedDown>store(Verdicts.HANDED_DOWN, partition).get(run))
                  .orElse(HandedDown.NOTHING));
    }

    /** Does something with its history; what it reads is safe only while it does. */
    public <T> T history(Reading<T> reading) {
      return safely(() -> reading.read(stored(Verdicts.EVIDENCE)));
    }

    /** The same with what came after its verdict. */
    public <T> T late(Reading<T> reading) {
      return safely(() -> reading.read(stored(Verdicts.LATE)));
    }

    private StoredHistory stored(String store) {
      return new StoredHistory(HeldRuns.this.<Evidence>store(store, partition), run);
    }
  }

  /** Something made of a stored history. */
  public interface Reading<T> {
    T read(StoredHistory history);
  }

  /** A run that is here, or would be. */
  public Held run(Holders.Holder holder, RunId run) {
    return new Held(holder.partition(), run);
  }

  /**
   * A page of some partitions, all of which must be here; costs the same however many runs there
   * are.
   */
  public List<HeldRun> page(Collection<Integer> partitions, Ask ask) {
    return safely(
        () -> {
          List<HeldRun> runs = new ArrayList<>();
          for (int partition : partitions) {
            runs.addAll(page(partition, ask));
          }
          return runs.stream().sorted(ORDER).limit(ask.most()).toList();
        });
  }

  private List<HeldRun> page(int partition, Ask ask) {
    Filter.Range range = ask.filter().keys(ask.after().orElse(null));
    ReadOnlyKeyValueStore<String, byte[]> listed = store(Verdicts.LISTED, partition);
    ReadOnlyKeyValueStore<String, Progress> runs = store(Verdicts.RUNS, partition);
    if (range.empty()) {
      // Asked all the same, so that a store that is not here says so.
      listed.get(range.first());
      return List.of();
    }
    List<HeldRun> page = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> latest =
        listed.reverseRange(range.first(), range.last())) {
      while (latest.hasNext() && page.size() < ask.most()) {
        String key = latest.next().key;
        if (key.equals(range.last())) {
          continue;
        }
        Position position = Filter.position(key);
        Progress progress = runs.get(position.run().toString());
        if (progress != null) {
          page.add(
              new HeldRun(
                  position, progress, figures(partition, position.run(), progress, ask.figures())));
        }
      }
    }
    return page;
  }

  private Map<String, Double> figures(
      int partition, RunId run, Progress progress, List<String> names) {
    if (names.isEmpty() || !progress.closed()) {
      return Map.of();
    }
    HandedDown handedDown =
        this.<HandedDown>store(Verdicts.HANDED_DOWN, partition).get(run.toString());
    if (handedDown == null || handedDown.verdict() == null) {
      return Map.of();
    }
    return figures.of(
        handedDown.verdict(),
        progress,
        new StoredHistory(this.<Evidence>store(Verdicts.EVIDENCE, partition), run.toString()),
        names);
  }

  private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
            .withPartition(partition));
  }

  private <T> T safely(Supplier<T> question) {
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING && state != KafkaStreams.State.REBALANCING) {
      throw new NotNow("the streams are " + state + "; GET /q/health says what they wait for");
    }
    try {
      return question.get();
    } catch (InvalidStateStoreException e) {
      throw new NotNow("what is asked for is being restored, or moved to another instance");
    }
  }
}
