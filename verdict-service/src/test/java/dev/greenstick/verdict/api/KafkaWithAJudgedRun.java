package dev.greenstick.verdict.api;

import dev.greenstick.broker.junit.RealKafkaResource;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.RunData;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.verdict.Story;
import dev.greenstick.verdict.history.Evidence;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.nio.file.Path;
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

/** A real Kafka whose topics hold the history of one run. */
public final class KafkaWithAJudgedRun implements QuarkusTestResourceLifecycleManager {

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
    settings.put(
        "kafka-streams.state.dir",
        Path.of("target", "streams-" + UUID.randomUUID()).toAbsolutePath().toString());
    return settings;
  }

  private static void record(String servers, List<Evidence> history) {
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
