package dev.greenstick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.broker.BrokerSettings;
import dev.greenstick.broker.KafkaBroker;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.ToldRun;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.wire.EventSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances of the verdict service share the runs. Whichever is asked answers for all of them
 * or says that it cannot now: while one is killed, while another takes over, while one that lost
 * its disk restores.
 */
@Timeout(540)
class ThreeVerdictsTest {

  private static final int RUNS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger whole = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void whicheverIsAskedAnswersForAllOrNotNow(@TempDir Path directory) throws Exception {
    // Given
    List<ToldRun> runs = runs();
    int events = runs.stream().mapToInt(run -> run.events().size()).sum();
    try (KafkaBroker broker = KafkaBroker.start(BrokerSettings.temporary())) {
      String servers = broker.bootstrapServers();
      tell(servers, runs);
      List<VerdictProcess> instances = new ArrayList<>();
      try {
        for (String name : List.of("one", "two", "three")) {
          instances.add(VerdictProcess.start(servers, directory, name));
        }
        for (VerdictProcess instance : instances) {
          instance.await("/q/health/ready", PATIENCE);
        }
        awaitAllJudged(instances);
        assertEachHoldsSome(instances);

        // When all are there, each answers for all.
        for (VerdictProcess instance : instances) {
          assertAnswersForAll(instance, runs);
        }
        assertEventsGoOnElsewhere(instances, events);

        // When one is killed while it is asked, and another takes over
        VerdictProcess killed = instances.remove(2);
        hammer(
            instances,
            runs,
            () -> {
              killed.kill();
              for (VerdictProcess instance : instances) {
                awaitWhole(instance);
              }
            });

        // When one comes back without its disk, asked from its first moment on
        try (VerdictProcess restoring = VerdictProcess.start(servers, directory, "four")) {
          List<VerdictProcess> all = new ArrayList<>(instances);
          all.add(restoring);
          hammer(
              all,
              runs,
              () -> {
                restoring.await("/q/health/ready", PATIENCE);
                for (VerdictProcess instance : all) {
                  awaitWhole(instance);
                }
              });
          assertEachHoldsSome(all);
          for (VerdictProcess instance : all) {
            assertAnswersForAll(instance, runs);
          }
        }
      } finally {
        for (VerdictProcess instance : instances) {
          instance.close();
        }
      }
    }

    // Then
    System.out.printf(
        "%d whole answers, %d refused with Retry-After, %d wrong%n",
        whole.get(), refused.get(), wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(whole.get()).isGreaterThan(20);
    assertThat(refused.get()).as("moments at which an answer would have been wrong").isPositive();
  }

  private interface Upheaval {
    void happen() throws Exception;
  }

  /** Asks all of them all the time while something happens. */
  private void hammer(List<VerdictProcess> instances, List<ToldRun> runs, Upheaval upheaval)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> asking = new ArrayList<>();
    for (VerdictProcess instance : instances) {
      asking.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    int next = 0;
                    while (!over.get()) {
                      askForAll(instance);
                      askForOne(instance, runs.get(next++ % runs.size()));
                    }
                  }));
    }
    try {
      upheaval.happen();
    } finally {
      over.set(true);
      for (Thread thread : asking) {
        thread.join();
      }
    }
  }

  private void askForAll(VerdictProcess instance) {
    judge(instance, "/runs?limit=500", body -> body.path("runs").size() == RUNS);
  }

  private void askForOne(VerdictProcess instance, ToldRun run) {
    judge(instance, "/runs/" + run.run().id(), body -> body.path("verdict").has("outcome"));
  }

  private interface Whole {
    boolean is(JsonNode body);
  }

  private void judge(VerdictProcess instance, String path, Whole expected) {
    try {
      VerdictProcess.Answer answer = instance.get(path);
      if (answer.status() == 200 && expected.is(answer.json())) {
        whole.incrementAndGet();
      } else if (answer.notNow()) {
        refused.incrementAndGet();
      } else {
        wrong.add(path + ": " + answer.status() + " " + answer.body().lines().findFirst());
      }
    } catch (IOException e) {
      // It does not listen yet: nobody is misled.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAllJudged(List<VerdictProcess> instances) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int judged = 0;
    while (judged < RUNS && System.nanoTime() < end) {
      judged = 0;
      for (String outcome : List.of("confirmed", "refuted")) {
        judged +=
            instances
                .get(0)
                .await("/runs?limit=500&outcome=" + outcome, PATIENCE)
                .json()
                .path("runs")
                .size();
      }
    }
    assertThat(judged).as("judged runs").isEqualTo(RUNS);
  }

  private static void awaitWhole(VerdictProcess instance) throws Exception {
    instance.await("/runs?limit=1", PATIENCE);
  }

  /** Four partitions are shared by all, or the test proves nothing. */
  private static void assertEachHoldsSome(List<VerdictProcess> instances) throws Exception {
    List<Set<Integer>> held = new ArrayList<>();
    for (VerdictProcess instance : instances) {
      Set<Integer> partitions = new TreeSet<>();
      for (int partition = 0; partition < 4; partition++) {
        if (instance.get("/held/runs?most=1&partition=" + partition).status() == 200) {
          partitions.add(partition);
        }
      }
      held.add(partitions);
    }
    assertThat(held).as("partitions by instance").doesNotContain(Set.of());
    assertThat(held.stream().flatMap(Set::stream).toList()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  private static void assertAnswersForAll(VerdictProcess instance, List<ToldRun> runs)
      throws Exception {
    Set<String> paged = new HashSet<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = instance.await("/runs?limit=7" + cursor, PATIENCE).json();
      page.path("runs").forEach(run -> assertThat(paged.add(run.at("/run/id").asText())).isTrue());
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : null;
    }
    assertThat(paged)
        .isEqualTo(new HashSet<>(runs.stream().map(run -> run.run().id().toString()).toList()));
    for (ToldRun run : runs) {
      String path = "/runs/" + run.run().id();
      assertThat(instance.await(path + "/verdict", PATIENCE).json().at("/verdict/outcome").asText())
          .isEqualTo(run.lost() == 0 ? "confirmed" : "refuted");
      assertThat(instance.await(path + "/windows", PATIENCE).json()).hasSize(run.length());
    }
    JsonNode trend =
        instance.await("/experiments/" + Examples.EXPERIMENT + "/trend?limit=500", PATIENCE).json();
    assertThat(trend.path("runs").asInt()).isEqualTo(RUNS);
    assertThat(trend.at("/outcomes/refuted").asInt()).isEqualTo(RUNS / 10);
    assertThat(instance.get("/runs/00000000-0000-3000-8000-000000000000").status()).isEqualTo(404);
    assertThat(instance.get("/runs/no-uuid").status()).isEqualTo(400);
  }

  private static void assertEventsGoOnElsewhere(List<VerdictProcess> instances, int events)
      throws Exception {
    // Every run has a baseline and a verdict that the service itself tells.
    int expected = events + 2 * RUNS;
    List<String> ids = new ArrayList<>();
    String[] last = {null};
    for (int instance = 0; ids.size() < expected; instance++) {
      int more = Math.min(expected - ids.size(), expected / 5);
      try (Stream<String> lines =
          instances
              .get(instance % instances.size())
              .lines("/events?since=2000-01-01T00:00:00Z", last[0])
              .body()) {
        String[] id = {null};
        lines
            .peek(line -> id[0] = line.startsWith("id: ") ? line.substring(4) : id[0])
            .filter(line -> line.startsWith("data: "))
            .limit(more)
            .forEach(
                line -> {
                  last[0] = id[0];
                  ids.add(line.replaceAll(".*?\"id\":\"([^\"]+)\".*", "$1"));
                });
      }
    }
    assertThat(ids).hasSize(expected).doesNotHaveDuplicates();
  }

  private static List<ToldRun> runs() {
    List<ToldRun> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      ToldRun run =
          ToldRun.of(Examples.EXPERIMENT, Examples.START.minus(Duration.ofHours(i)), 2, 3, 2);
      runs.add(i % 10 == 0 ? run.losing(20) : run);
    }
    return runs;
  }

  private static void tell(String servers, List<ToldRun> runs) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers);
    try (Admin admin = Admin.create(settings)) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, Event<? extends RunData>> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                // A partition that has just been made may refuse the first batch and take the
                // second, and then refuses the first for ever as out of order.
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new EventSerializer<RunData>())) {
      for (ToldRun run : runs) {
        for (ToldRun.Told told : run.events()) {
          sent.add(
              producer.send(
                  new ProducerRecord<>(
                      told.topic().name(), told.event().data().key(), told.event())));
        }
      }
    }
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }
}
