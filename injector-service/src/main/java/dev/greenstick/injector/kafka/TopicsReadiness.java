package dev.greenstick.injector.kafka;

import dev.greenstick.contracts.Topics;
import dev.greenstick.injector.Settings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while Kafka answers and has every topic that the injector reads or writes. */
@Readiness
@ApplicationScoped
class TopicsReadiness implements HealthCheck {

  private static final String NAME = "kafka";
  private static final int TIMEOUT_MILLIS = 2_000;

  private final Admin admin;
  private final List<String> needed;

  TopicsReadiness(
      @Identifier("default-kafka-broker") Map<String, Object> kafka, Settings settings) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    this.admin = Admin.create(config);
    this.needed =
        List.of(
            Topics.commands(settings.cluster()).name(),
            Topics.FAULTS.name(),
            Topics.AGENTS.name(),
            Topics.HALTS.name(),
            Topics.DEAD_LETTERS);
  }

  @Override
  public HealthCheckResponse call() {
    try {
      Set<String> missing = new TreeSet<>(needed);
      missing.removeAll(admin.listTopics().names().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
      return missing.isEmpty()
          ? HealthCheckResponse.up(NAME)
          : down("topics are missing, create them: " + String.join(", ", missing));
    } catch (ExecutionException | TimeoutException e) {
      return down("Kafka does not answer: " + (e.getMessage() == null ? e : e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down("asking Kafka was interrupted");
    }
  }

  @PreDestroy
  void close() {
    admin.close();
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }
}
