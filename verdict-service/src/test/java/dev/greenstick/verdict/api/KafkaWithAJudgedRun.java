package dev.greenstick.verdict.api;

import dev.greenstick.broker.junit.RealKafkaResource;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.run.RunFinished;
import dev.greenstick.contracts.run.RunSkipped;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Origin;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A real Kafka whose topics hold the history of one run that is confirmed; of seven of its
 * experiment that follow at intervals of a day, one of them refuted and one not over; and of one
 * that was skipped.
 */
public final class KafkaWithAJudgedRun implements QuarkusTestResourceLifecycleManager {

  static final int DAYS = 7;
  static final int REFUTED = 4;
  static final int OPEN = 7;
  static final RunRef SKIPPED =
      RunRef.of(new ExperimentName("never-ran"), Examples.CLUSTER, Examples.START.minusSeconds(1));

  private final RealKafkaResource kafka = new RealKafkaResource();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(kafka.start());
    String servers = settings.get("kafka.bootstrap.servers");
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics could not be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
    record(servers, Story.standard().evidence());
    for (int day = 1; day <= DAYS; day++) {
      Story story = Story.of(day, 2, 3, 2).due(Examples.START.plus(Duration.ofDays(day)));
      if (day == REFUTED) {
        story.answered(3, new Answers(20, 0, 0, 30, 0, 0, 0));
      }
      record(
          servers,
          (day == OPEN ? story.without(event -> event instanceof RunFinished) : story).evidence());
    }
    RunSkipped skipped =
        new RunSkipped(SKIPPED, Examples.START.minusSeconds(1), "everything is halted");
    record(
        servers,
        List.of(new Evidence(skipped, Examples.START, new Origin(Topics.RUNS.name(), 0, 0))));
    // The history is of a fixed day, and must be kept whenever this runs.
    settings.put("greenstick.verdict.retention", "36500d");
    settings.put(
        "kafka-streams.state.dir",
        Path.of("target", "streams-" + UUID.randomUUID()).toAbsolutePath().toString());
    return settings;
  }

  static void record(String servers, List<Evidence> history) {
    try (KafkaProducer<String, Event<? extends RunData>> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
            new StringSerializer(),
            new EventSerializer<RunData>())) {
      for (Evidence evidence : history) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    evidence.origin().topic(),
                    evidence.data().key(),
                    Event.of(URI.create("/test"), evidence.time(), evidence.data())));
      }
      producer.flush();
    }
  }

  @Override
  public void stop() {
    kafka.stop();
  }
}
