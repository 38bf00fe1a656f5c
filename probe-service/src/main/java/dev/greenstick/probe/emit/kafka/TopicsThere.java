package dev.greenstick.probe.emit.kafka;

import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.ClusterName;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the broker answers and has every topic that the probe reads and writes. */
@Readiness
@ApplicationScoped
public class TopicsThere implements HealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<String> needed;
  private final Admin admin;

  TopicsThere(
      @ConfigProperty(name = "greenstick.cluster") String cluster,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.needed =
        List.of(
            Topics.commands(new ClusterName(cluster)).name(),
            Topics.HEALTH.name(),
            Topics.AGENTS.name(),
            Topics.DEAD_LETTERS);
    Map<String, Object> properties = new HashMap<>();
    kafka.forEach(
        (name, value) -> {
          if (AdminClientConfig.configNames().contains(name)) {
            properties.put(name, value);
          }
        });
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "greenstick-probe-readiness");
    this.admin = Admin.create(properties);
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("kafka topics");
    try {
      for (var topic : admin.describeTopics(needed).topicNameValues().entrySet()) {
        if (!exists(topic.getValue())) {
          return response
              .down()
              .withData("missing", topic.getKey() + ": create it, or start what creates topics")
              .build();
        }
      }
      return response.up().build();
    } catch (TimeoutException e) {
      return response.down().withData("broker", "does not answer").build();
    } catch (ExecutionException e) {
      return response.down().withData("broker", String.valueOf(e.getCause())).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return response.down().withData("broker", "was not waited for").build();
    }
  }

  private static boolean exists(KafkaFuture<?> description)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      var unused = description.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ZERO);
  }
}
