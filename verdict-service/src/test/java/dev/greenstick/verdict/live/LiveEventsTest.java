package dev.greenstick.verdict.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.broker.junit.BootstrapServers;
import dev.greenstick.broker.junit.RealKafka;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.held.NotNow;
import dev.greenstick.verdict.history.Evidence;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Subscribers of a real broker, whose connections break wherever they like. */
@ExtendWith(RealKafka.class)
@Timeout(120)
class LiveEventsTest {

  private static final long SEED = 20261124;
  private static final LiveEvents.Start NOW =
      new LiveEvents.Start(Optional.empty(), Optional.empty());
  private static final Wanted ANYTHING =
      new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private String servers;

  @BeforeEach
  void createTopics(BootstrapServers kafka) throws Exception {
    servers = kafka.value();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    }
  }

  @Test
  void whoeverComesBackAnywhereGetsEveryEventOnceAndNoneThatWasTakenBack() throws Exception {
    // Given
    List<LiveEvents> instances = List.of(live(10), live(10), live(10));
    Subscriber subscriber = new Subscriber();
    List<Evidence> told = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      told.addAll(Story.of(50_000 + i, 4, 6, 4).evidence());
    }
    connect(instances.get(0), NOW, ANYTHING, subscriber, 200);

    // When
    Thread telling = Thread.ofPlatform().start(() -> tellInTransactions(told));
    int connections = 0;
    while (subscriber.events().size() < told.size()) {
      connect(
          instances.get(connections++ % 3),
          new LiveEvents.Start(Optional.of(subscriber.last()), Optional.empty()),
          ANYTHING,
          subscriber,
          random.nextInt(60_000));
    }
    telling.join();

    // Then
    assertThat(connections).as("seed %d", SEED).isGreaterThan(5);
    assertThat(subscriber.events())
        .as("seed %d", SEED)
        .extracting(event -> event.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(
            told.stream().map(one -> event(one).id().toString()).toList());
    for (Evidence one : told) {
      assertThat(windows(subscriber.events(), one.data().key())).isSorted();
    }
    assertThat(instances).allMatch(instance -> instance.count() == 0);
  }

  @Test
  void aSubscriberHearsOfWhatItWantsAlone() throws Exception {
    // Given
    Story mine = Story.of(60_000, 2, 3, 2);
    Story other = Story.of(60_001, 2, 3, 2);
    Subscriber ofRun = new Subscriber();
    Subscriber ofWindows = new Subscriber();
    Subscriber ofNobody = new Subscriber();
    LiveEvents live = live(10);
    connect(live, NOW, ANYTHING, ofRun, 200);
    LiveEvents.Start start = new LiveEvents.Start(Optional.of(ofRun.last()), Optional.empty());

    // When
    tell(mine.evidence());
    tell(other.evidence());
    Wanted run =
        new Wanted(Optional.of(mine.run().id()), Optional.empty(), Optional.empty(), Set.of());
    Wanted windows =
        new Wanted(
            Optional.of(other.run().id()),
            Optional.of(Examples.EXPERIMENT),
            Optional.of(Examples.CLUSTER),
            Set.of(Event.typeOf(HealthWindow.class)));
    Wanted nobody =
        new Wanted(
            Optional.empty(),
            Optional.of(new ExperimentName("of-nobody")),
            Optional.empty(),
            Set.of());
    until(live, start, run, ofRun, () -> ofRun.comments().size() >= 2);
    until(live, start, windows, ofWindows, () -> ofWindows.comments().size() >= 2);
    until(live, start, nobody, ofNobody, () -> ofNobody.comments().size() >= 2);

    // Then
    assertThat(ofRun.events())
        .hasSameSizeAs(mine.evidence())
        .allMatch(event -> event.path("subject").asText().equals(mine.run().id().toString()));
    assertThat(ofWindows.events())
        .hasSize(other.length())
        .allMatch(event -> event.path("type").asText().endsWith("health.window.v1"));
    assertThat(ofNobody.events()).isEmpty();
    assertThat(ofNobody.last()).as("moves on all the same").isNotEqualTo(start.last().get());
  }

  @Test
  void aSubscriberThatTakesNothingCostsNoMoreThanOneFetch() throws Exception {
    // Given
    AtomicReference<Consumer<String, byte[]>> used = new AtomicReference<>();
    LiveEvents live =
        new LiveEvents(
            () -> {
              used.set(consumer());
              return used.get();
            },
            10,
            Duration.ofSeconds(1),
            InstantSource.system());
    Subscriber first = new Subscriber();
    connect(live, NOW, ANYTHING, first, 200);
    List<Evidence> told = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      told.addAll(Story.of(70_000 + i, 40, 60, 40).evidence());
    }
    tell(told);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    OutputStream full =
        new OutputStream() {
          private boolean begun;

          @Override
          public void write(int b) throws IOException {
            throw new IOException("never called");
          }

          @Override
          public void write(byte[] bytes) throws IOException {
            if (begun) {
              stuck.countDown();
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IOException("the connection is lost");
            }
            begun = true;
          }
        };

    // When
    Subscription subscription =
        live.open(new LiveEvents.Start(Optional.of(first.last()), Optional.empty()), ANYTHING);
    Thread sending =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    subscription.send(full);
                  } catch (IOException e) {
                    // It never took anything.
                  }
                });
    assertThat(stuck.await(90, TimeUnit.SECONDS)).isTrue();
    double consumed = metric(used.get(), "records-consumed-total");
    double fetched = metric(used.get(), "bytes-consumed-total");
    done.countDown();
    sending.join();

    // Then
    assertThat(consumed).isLessThanOrEqualTo(100);
    assertThat(fetched).isLessThan(1 << 20);
    assertThat(live.count()).isZero();
  }

  @Test
  void whatIsNoLongerKeptIsToldAndNotSteppedOver() throws Exception {
    // Given
    LiveEvents live = live(10);
    Subscriber subscriber = new Subscriber();
    connect(live, NOW, ANYTHING, subscriber, 200);
    tell(Story.of(80_000, 2, 3, 2).evidence());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
        Consumer<String, byte[]> any = consumer()) {
      TopicPartition partition = partitionOf(Story.of(80_000, 2, 3, 2));
      long end = any.endOffsets(List.of(partition)).get(partition);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end))).all().get();
    }

    // Then
    assertThatThrownBy(
            () ->
                live.open(
                    new LiveEvents.Start(Optional.of(subscriber.last()), Optional.empty()),
                    ANYTHING))
        .isInstanceOf(Gone.class)
        .hasMessageContaining("no longer kept");
    assertThat(live.count()).isZero();
  }

  @Test
  void oneSubscriberTooManyIsRefusedUntilAnotherGoes() throws Exception {
    // Given
    LiveEvents live = live(1);
    Subscription first = live.open(NOW, ANYTHING);

    // When
    assertThatThrownBy(() -> live.open(NOW, ANYTHING)).isInstanceOf(NotNow.class);
    first.close();

    // Then
    live.open(NOW, ANYTHING).close();
    assertThat(live.count()).isZero();
  }

  @Test
  void whenTheServiceEndsSubscribersAreLetGo() throws Exception {
    // Given
    LiveEvents live = live(10);
    Subscription subscription = live.open(NOW, ANYTHING);
    CountDownLatch begun = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            begun.countDown();
          }
        };
    Thread sending =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    subscription.send(out);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    begun.await();

    // When
    live.close();

    // Then
    assertThat(sending.join(Duration.ofSeconds(10))).isTrue();
    assertThat(live.count()).isZero();
  }

  private LiveEvents live(int most) {
    return new LiveEvents(this::consumer, most, Duration.ofMillis(600), InstantSource.system());
  }

  private Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            servers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "none",
            "enable.auto.commit",
            false,
            "max.poll.records",
            100,
            "fetch.max.bytes",
            256 << 10,
            "max.partition.fetch.bytes",
            256 << 10),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static void connect(
      LiveEvents live, LiveEvents.Start start, Wanted wanted, Subscriber subscriber, long bytes) {
    try {
      live.open(start, wanted).send(subscriber.connection(bytes));
    } catch (IOException e) {
      // It was meant to break.
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void until(
      LiveEvents live,
      LiveEvents.Start start,
      Wanted wanted,
      Subscriber subscriber,
      Condition condition) {
    OutputStream connection = subscriber.connection(FOR_EVER);
    try {
      live.open(start, wanted)
          .send(
              new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  connection.write(b);
                  if (condition.holds()) {
                    throw new IOException("enough");
                  }
                }
              });
    } catch (IOException e) {
      // It has what it waited for.
    }
  }

  private static List<Integer> windows(List<JsonNode> events, String run) {
    return events.stream()
        .filter(event -> event.path("subject").asText().equals(run))
        .filter(event -> event.path("type").asText().endsWith("health.window.v1"))
        .map(event -> event.path("data").path("index").asInt())
        .toList();
  }

  private static double metric(Consumer<?, ?> consumer, String name) {
    for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
      if (metric.getKey().name().equals(name) && metric.getKey().tags().size() == 1) {
        return (double) metric.getValue().metricValue();
      }
    }
    throw new AssertionError("no metric " + name);
  }

  private static Event<RunData> event(Evidence evidence) {
    return Event.of(URI.create("/test"), evidence.time(), evidence.data());
  }

  private static ProducerRecord<String, Event<? extends RunData>> record(Evidence evidence) {
    return new ProducerRecord<>(evidence.origin().topic(), evidence.data().key(), event(evidence));
  }

  private TopicPartition partitionOf(Story story) throws Exception {
    try (KafkaProducer<String, Event<? extends RunData>> producer = producer(Map.of())) {
      var sent = producer.send(record(story.evidence().getFirst())).get();
      return new TopicPartition(sent.topic(), sent.partition());
    }
  }

  private void tell(List<Evidence> told) {
    try (KafkaProducer<String, Event<? extends RunData>> producer = producer(Map.of())) {
      told.forEach(
          one -> {
            var unused = producer.send(record(one));
          });
    }
  }

  /** Every third batch is first told and taken back. */
  private void tellInTransactions(List<Evidence> told) {
    try (KafkaProducer<String, Event<? extends RunData>> producer =
        producer(Map.of("transactional.id", "live-events-test"))) {
      producer.initTransactions();
      for (int from = 0; from < told.size(); from += 7) {
        List<Evidence> batch = told.subList(from, Math.min(told.size(), from + 7));
        for (boolean takenBack : from % 3 == 0 ? List.of(true, false) : List.of(false)) {
          producer.beginTransaction();
          batch.forEach(
              one -> {
                var unused = producer.send(record(one));
              });
          if (takenBack) {
            producer.flush();
            producer.abortTransaction();
          } else {
            producer.commitTransaction();
          }
        }
      }
    }
  }

  private KafkaProducer<String, Event<? extends RunData>> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers);
    return new KafkaProducer<>(settings, new StringSerializer(), new EventSerializer<RunData>());
  }
}
