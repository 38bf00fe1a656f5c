package dev.greenstick.broker.junit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a service under {@code @QuarkusTest} a real Kafka:
 * {@code @QuarkusTestResource(RealKafkaResource.class)} or {@code @WithTestResource}. Sets {@code
 * kafka.bootstrap.servers} and turns Quarkus' own dev service off.
 */
public final class RealKafkaResource implements QuarkusTestResourceLifecycleManager {
  private TestKafka kafka;

  @Override
  public Map<String, String> start() {
    kafka = TestKafka.start();
    return Map.of(
        "kafka.bootstrap.servers",
        kafka.bootstrapServers().value(),
        "quarkus.kafka.devservices.enabled",
        "false");
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }
}
