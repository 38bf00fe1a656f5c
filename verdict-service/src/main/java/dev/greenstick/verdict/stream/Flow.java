package dev.greenstick.verdict.stream;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.run.RunFold;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jboss.logging.Logger;

/** The verbs of the topology; each adds its nodes, all of them named. */
public final class Flow {

  private static final Logger LOG = Logger.getLogger(Flow.class);

  /** In memory, of each partition. */
  private static final int MOST_LIVE = 1_024;

  private final StreamsBuilder builder;
  private final MeterRegistry meters;
  private final Counters counters;

  /** Verbs that add to {@code builder}. */
  public Flow(StreamsBuilder builder, MeterRegistry meters) {
    this.builder = Objects.requireNonNull(builder, "builder");
    this.meters = Objects.requireNonNull(meters, "meters");
    this.counters = new Counters(meters);
  }

  /** What was read of a topic. */
  public record Reading(KStream<String, ?> records) {

    @SuppressWarnings("unchecked") // Made by read alone.
    private KStream<String, Inbound> inbound() {
      return (KStream<String, Inbound>) records;
    }

    /** This and another topic together. */
    public Reading and(Reading other, String name) {
      return new Reading(inbound().merge(other.inbound(), Named.as(name)));
    }
  }

  /** What came of folding. */
  public record Folding(KStream<String, ?> stream) {

    @SuppressWarnings("unchecked") // Made by fold alone.
    private KStream<String, Told> told() {
      return (KStream<String, Told>) stream;
    }
  }

  /** Reads a topic; what cannot be read goes to the dead letters. */
  public Reading read(Topic<? extends RunData> topic) {
    String name = topic.name().substring(topic.name().indexOf('.') + 1);
    KStream<String, Inbound> inbound =
        builder.stream(
                topic.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name))
            .process(ReadEvents::new, Named.as("read-" + name));
    inbound
        .flatMapValues(
            record -> record instanceof Inbound.Unread unread ? List.of(unread) : List.of(),
            Named.as("unreadable-" + name))
        .peek((key, unread) -> count(key, unread), Named.as("count-dead-" + name))
        .process(BuryRecords::new, Named.as("bury-" + name))
        .to(
            Topics.DEAD_LETTERS,
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-" + name));
    return new Reading(inbound);
  }

  /** Holds back what is told of runs that have left the stores. */
  public Reading passWhatIsKept(Reading reading, StoreNames names, Duration retention) {
    return new Reading(
        reading
            .inbound()
            .process(
                () -> new PassWhatIsKept(names, retention, counters),
                Named.as("pass-what-is-kept"),
                names.runs()));
  }

  /** Keeps what the fold needs. */
  public void keep(StoreNames names) {
    Stores.builders(names).forEach(builder::addStateStore);
  }

  /** Folds the events of each run, and judges when it is time. */
  public Folding fold(Reading reading, StoreNames names, RunFold fold, Patience patience) {
    return new Folding(
        reading
            .inbound()
            .process(
                () -> new FoldRuns(names, fold, patience, MOST_LIVE, counters),
                Named.as("fold-runs"),
                names.all()));
  }

  /** Keeps what runs are found by, and lets go of old ones. */
  public void list(Folding folding, StoreNames names, ListNames lists, Duration retention) {
    Stores.builders(lists).forEach(builder::addStateStore);
    folding
        .told()
        .process(
            () -> new ListRuns(names, lists, retention, counters),
            Named.as("list-runs"),
            Stream.of(names.all(), lists.all()).flatMap(Arrays::stream).toArray(String[]::new));
  }

  /** Hands down what was judged. */
  public void handDown(Folding folding) {
    folding
        .told()
        .flatMapValues(
            told ->
                told instanceof Told.Judged(Event<? extends VerdictEvent> event)
                    ? List.of(event)
                    : List.<Event<? extends VerdictEvent>>of(),
            Named.as("judged"))
        .to(
            Topics.VERDICTS.name(),
            Produced.with(Serdes.String(), EventSerializer.<VerdictEvent>serde())
                .withName("hand-down"));
  }

  private void count(String key, Inbound.Unread unread) {
    meters
        .counter("greenstick.verdict.dead.letters", "topic", unread.raw().origin().topic())
        .increment();
    LOG.warnf("dead letter: %s, key %s: %s", unread.raw().origin(), key, unread.reason());
  }
}
