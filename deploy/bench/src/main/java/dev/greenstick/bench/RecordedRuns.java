package dev.greenstick.bench;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.ToldRun;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.wire.EventSerializer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Runs of a past time, so many at once, whose records have the timestamps that they had when it was
 * now: replay merges topics by them.
 */
final class RecordedRuns {

  /** A partition that has just been made may refuse a first batch and take the second. */
  private static final String IN_FLIGHT = "max.in.flight.requests.per.connection";

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final int windows;
  private long events;
  private long health;

  private RecordedRuns(int windows) {
    this.windows = windows;
  }

  /**
   * How much was written.
   *
   * @param events to all topics of history
   * @param health of these to the topic of health
   */
  record Written(long events, long health) {}

  /**
   * Writes at least so many events, of which {@code live} runs tell at the same time. The last of
   * them is an hour ago: a broker refuses what is more than an hour ahead.
   */
  static Written write(String bootstrapServers, long events, int live, int windows) {
    int perRun = run(Instant.EPOCH, windows).events().size();
    long waves = 1 + events / perRun / live;
    Duration apart = BETWEEN.plusSeconds(windows);
    Instant first =
        Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofHours(1))
            .minus(apart.multipliedBy(waves));
    RecordedRuns runs = new RecordedRuns(windows);
    try (KafkaProducer<String, Event<? extends RunData>> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20, IN_FLIGHT, 1),
            new StringSerializer(),
            new EventSerializer<RunData>())) {
      for (int wave = 0; runs.events < events; wave++) {
        runs.wave(producer, first.plus(apart.multipliedBy(wave)), live);
      }
    }
    return new Written(runs.events, runs.health);
  }

  private void wave(
      KafkaProducer<String, Event<? extends RunData>> producer, Instant due, int live) {
    List<List<ToldRun.Told>> together =
        IntStream.range(0, live).mapToObj(i -> run(due.plusMillis(i), windows).events()).toList();
    for (int i = 0; i < together.getFirst().size(); i++) {
      for (List<ToldRun.Told> run : together) {
        say(producer, run.get(i));
      }
    }
  }

  private static ToldRun run(Instant due, int windows) {
    int third = windows / 3;
    return ToldRun.of(Examples.EXPERIMENT, due, third, third, windows - 2 * third);
  }

  private void say(KafkaProducer<String, Event<? extends RunData>> producer, ToldRun.Told told) {
    Event<? extends RunData> event = told.event();
    var unused =
        producer.send(
            new ProducerRecord<>(
                told.topic().name(), null, event.time().toEpochMilli(), event.data().key(), event),
            (_, failure) -> {
              if (failure != null) {
                // Figures of a history that lacks something would be of something else.
                System.err.println("an event was not told: " + failure);
                Runtime.getRuntime().halt(1);
              }
            });
    events++;
    if (told.topic().name().equals(Topics.HEALTH.name())) {
      health++;
    }
  }
}
