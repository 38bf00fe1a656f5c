package dev.greenstick.scheduler.api;

import dev.greenstick.broker.junit.RealKafkaResource;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.TopicCreation;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A real Kafka that has the topics of one cluster. */
public final class KafkaWithTopics implements QuarkusTestResourceLifecycleManager {

  private final RealKafkaResource kafka = new RealKafkaResource();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(kafka.start());
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.get("kafka.bootstrap.servers")))) {
      TopicCreation.createMissing(admin, List.of(Examples.CLUSTER), (short) 1);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics could not be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
    settings.put("greenstick.scheduler.agent-silence", "1h");
    settings.put(
        "kafka-streams.state.dir",
        Path.of("target", "streams-" + UUID.randomUUID()).toAbsolutePath().toString());
    return settings;
  }

  @Override
  public void stop() {
    kafka.stop();
  }
}
