package dev.greenstick.bench;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.ToldRun;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.verdict.VerdictEvent;
import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.EventDeserializer;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Received;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells runs to a broker, as fast as it takes them or as they would come about. */
final class History {

  /** A partition that has just been made may refuse a first batch and take the second. */
  private static final String IN_FLIGHT = "max.in.flight.requests.per.connection";

  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String servers;
  private final InstantSource clock;

  History(String servers, InstantSource clock) {
    this.servers = servers;
    this.clock = clock;
  }

  /** Runs of so many windows, each due a second after the one before, all of them in the past. */
  List<ToldRun> past(int runs, int windows) {
    Instant first =
        clock
            .instant()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofDays(1))
            .minusSeconds(runs);
    List<ToldRun> past = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      past.add(
          ToldRun.of(
                  Examples.EXPERIMENT,
                  first.plusSeconds(i),
                  windows / 3,
                  windows / 3,
                  windows - 2 * (windows / 3))
              .braked());
    }
    return past;
  }

  /** Tells whole runs at once, some of them interleaved; how many events that were. */
  long tell(Collection<ToldRun> runs) {
    long events = 0;
    try (KafkaProducer<String, Event<? extends RunData>> producer = producer(20)) {
      List<List<ToldRun.Told>> together = new ArrayList<>();
      for (ToldRun run : runs) {
        together.add(run.events());
        if (together.size() == 100) {
          events += interleaved(together, producer);
        }
      }
      events += interleaved(together, producer);
    }
    return events;
  }

  private static long interleaved(
      List<List<ToldRun.Told>> together, KafkaProducer<String, Event<? extends RunData>> producer) {
    long events = 0;
    boolean more = true;
    for (int i = 0; more; i++) {
      more = false;
      for (List<ToldRun.Told> one : together) {
        if (i < one.size()) {
          send(producer, one.get(i));
          events++;
          more = true;
        }
      }
    }
    together.clear();
    return events;
  }

  /**
   * Lets so many runs live at once, each event told when it would come about; from telling each
   * run's end to reading its verdict, in microseconds.
   */
  Histogram live(int runs, int windows) {
    Instant now = clock.instant();
    record Due(long nanos, ToldRun.Told told, boolean last) {}
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      ToldRun run =
          ToldRun.of(
                  Examples.EXPERIMENT,
                  now.plusNanos(TimeUnit.SECONDS.toNanos(1) * i / runs),
                  windows / 3,
                  windows / 3,
                  windows - 2 * (windows / 3))
              .braked();
      List<ToldRun.Told> events = run.events();
      for (ToldRun.Told told : events) {
        due.add(
            new Due(
                Duration.between(now, told.event().time()).toNanos(),
                told,
                told == events.getLast()));
      }
    }
    due.sort(Comparator.comparingLong(Due::nanos));
    Map<String, Long> ended = new ConcurrentHashMap<>();
    Histogram micros = new Histogram(3);
    try (KafkaProducer<String, Event<? extends RunData>> producer = producer(0);
        KafkaConsumer<String, Received<VerdictEvent>> verdicts = verdicts()) {
      long begin = System.nanoTime();
      int next = 0;
      long giveUp = begin + due.getLast().nanos() + PATIENCE.toNanos();
      while (micros.getTotalCount() < runs && System.nanoTime() < giveUp) {
        while (next < due.size() && due.get(next).nanos() <= System.nanoTime() - begin) {
          Due one = due.get(next++);
          if (one.last()) {
            ended.put(one.told().event().data().key(), System.nanoTime());
          }
          send(producer, one.told());
        }
        for (ConsumerRecord<String, Received<VerdictEvent>> record : verdicts.poll(POLL)) {
          Long end = ended.get(record.key());
          if (end != null
              && record.value() instanceof Received.Readable<VerdictEvent> readable
              && readable.event().data() instanceof VerdictReached) {
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - end));
          }
        }
      }
    }
    if (micros.getTotalCount() < runs) {
      throw new IllegalStateException(
          "only " + micros.getTotalCount() + " of " + runs + " live runs were judged");
    }
    return micros;
  }

  /**
   * The limit: a plain consumer that reads topics to their end.
   *
   * @param records how many
   * @param bytes of keys, values and headers
   * @param nanos the time it took
   * @param processorNanos the time of one processor that the consumer's thread took
   */
  record Read(long records, long bytes, long nanos, long processorNanos) {

    double perProcessorSecond() {
      return records * 1e9 / processorNanos;
    }

    double perSecond() {
      return records * 1e9 / nanos;
    }

    double seconds() {
      return nanos / 1e9;
    }
  }

  /** Reads topics to their end with a plain consumer. */
  Read read(Collection<String> topics) {
    return read(topics, new ByteArrayDeserializer());
  }

  /** The same, and reads each record as an event of the history of a run. */
  Read readEvents() {
    Map<String, EventDeserializer<? extends RunData>> events =
        Map.of(
            Topics.RUNS.name(), new EventDeserializer<>(Topics.RUNS),
            Topics.FAULTS.name(), new EventDeserializer<>(Topics.FAULTS),
            Topics.HEALTH.name(), new EventDeserializer<>(Topics.HEALTH));
    return read(
        events.keySet(),
        new Deserializer<Object>() {
          @Override
          public Object deserialize(String topic, byte[] value) {
            throw new IllegalStateException("events carry headers");
          }

          @Override
          public Object deserialize(String topic, Headers headers, byte[] value) {
            return events.get(topic).deserialize(topic, headers, value);
          }
        });
  }

  private <V> Read read(Collection<String> topics, Deserializer<V> values) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (KafkaConsumer<byte[], V> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            values)) {
      List<TopicPartition> partitions = new ArrayList<>();
      topics.forEach(
          topic ->
              consumer
                  .partitionsFor(topic)
                  .forEach(it -> partitions.add(new TopicPartition(topic, it.partition()))));
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long since = System.nanoTime();
      long processor = threads.getCurrentThreadCpuTime();
      long records = 0;
      long bytes = 0;
      while (partitions.stream().anyMatch(it -> consumer.position(it) < end.get(it))) {
        for (ConsumerRecord<byte[], V> record : consumer.poll(Duration.ofMillis(100))) {
          records++;
          bytes += Math.max(0, record.serializedKeySize());
          bytes += Math.max(0, record.serializedValueSize());
          for (var header : record.headers()) {
            bytes += header.key().length() + header.value().length;
          }
        }
      }
      return new Read(
          records, bytes, System.nanoTime() - since, threads.getCurrentThreadCpuTime() - processor);
    }
  }

  private static void send(
      KafkaProducer<String, Event<? extends RunData>> producer, ToldRun.Told told) {
    var unused =
        producer.send(
            new ProducerRecord<>(told.topic().name(), told.event().data().key(), told.event()),
            (_, failure) -> {
              if (failure != null) {
                // Figures of a history that lacks something would be of something else.
                System.err.println("an event was not told: " + failure);
                Runtime.getRuntime().halt(1);
              }
            });
  }

  private KafkaProducer<String, Event<? extends RunData>> producer(int linger) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers, "linger.ms", linger, IN_FLIGHT, 1),
        new StringSerializer(),
        new EventSerializer<RunData>());
  }

  private KafkaConsumer<String, Received<VerdictEvent>> verdicts() {
    KafkaConsumer<String, Received<VerdictEvent>> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new EventDeserializer<>(Topics.VERDICTS));
    consumer.assign(
        consumer.partitionsFor(Topics.VERDICTS.name()).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    return consumer;
  }

  static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
  }
}
